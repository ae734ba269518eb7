import CCMark

/// The tree of a Markdown text, by libcmark.
///
/// This is the only file that touches cmark's memory; what it returns is a plain value.
/// Nothing deeper than `MarkNode.deepest` levels is read, so that no text can exhaust the stack.
///
/// - Parameter bytes: UTF-8 with `\n` line ends and without NUL.
func parsedMarkdown(_ bytes: [UInt8]) -> MarkNode {
  let characters = bytes.map { CChar(bitPattern: $0) }
  let root = unsafe characters.withUnsafeBufferPointer { buffer -> OpaquePointer? in
    guard let start = buffer.baseAddress else { return unsafe cmark_parse_document("", 0, CMARK_OPT_SOURCEPOS) }
    return unsafe cmark_parse_document(start, buffer.count, CMARK_OPT_SOURCEPOS)
  }
  guard let root = unsafe root else { return MarkNode(kind: .document) }
  defer { unsafe cmark_node_free(root) }
  return unsafe copied(root, depth: 0)
}

/// HTML as cmark itself would write it: what tests compare ours with.
func htmlByCMark(_ bytes: [UInt8]) -> String {
  let characters = bytes.map { CChar(bitPattern: $0) } + [0]
  return unsafe characters.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress,
      let html = unsafe cmark_markdown_to_html(start, buffer.count - 1, CMARK_OPT_UNSAFE)
    else { return "" }
    defer { unsafe cmark_get_default_mem_allocator().pointee.free(html) }
    return unsafe String(cString: html)
  }
}

private func copied(_ node: OpaquePointer, depth: Int) -> MarkNode {
  var copy = MarkNode(kind: unsafe kind(of: node))
  copy.literal = unsafe string(cmark_node_get_literal(node))
  copy.url = unsafe string(cmark_node_get_url(node))
  copy.title = unsafe string(cmark_node_get_title(node))
  copy.info = unsafe string(cmark_node_get_fence_info(node))
  copy.startLine = unsafe Int(cmark_node_get_start_line(node))
  copy.startColumn = unsafe Int(cmark_node_get_start_column(node))
  copy.endLine = unsafe Int(cmark_node_get_end_line(node))
  var next = unsafe cmark_node_first_child(node)
  if unsafe next != nil, depth >= MarkNode.deepest {
    copy.isCutOff = true
    return copy
  }
  while let child = unsafe next {
    unsafe copy.children.append(copied(child, depth: depth + 1))
    unsafe next = cmark_node_next(child)
  }
  return copy
}

private func kind(of node: OpaquePointer) -> MarkNode.Kind {
  switch unsafe cmark_node_get_type(node) {
  case CMARK_NODE_DOCUMENT: .document
  case CMARK_NODE_BLOCK_QUOTE: .blockQuote
  case CMARK_NODE_LIST:
    unsafe .list(
      start: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(node)) : nil,
      isTight: cmark_node_get_list_tight(node) != 0)
  case CMARK_NODE_ITEM: .item
  case CMARK_NODE_CODE_BLOCK: .codeBlock
  case CMARK_NODE_HTML_BLOCK, CMARK_NODE_CUSTOM_BLOCK: .htmlBlock
  case CMARK_NODE_PARAGRAPH: .paragraph
  case CMARK_NODE_HEADING: unsafe .heading(Int(cmark_node_get_heading_level(node)))
  case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
  case CMARK_NODE_SOFTBREAK: .softBreak
  case CMARK_NODE_LINEBREAK: .lineBreak
  case CMARK_NODE_CODE: .code
  case CMARK_NODE_HTML_INLINE, CMARK_NODE_CUSTOM_INLINE: .html
  case CMARK_NODE_EMPH: .emphasis
  case CMARK_NODE_STRONG: .strong
  case CMARK_NODE_LINK: .link
  case CMARK_NODE_IMAGE: .image
  default: .text
  }
}

private func string(_ characters: UnsafePointer<CChar>?) -> String {
  guard let characters = unsafe characters else { return "" }
  return unsafe String(cString: characters)
}
