internal import Markup
internal import Notebook

/// A heading in the contents of its own page.
struct OutlineItem {
  var id: String
  /// HTML without links.
  var title: String
  var children: [OutlineItem]
}

/// The second and third level of a chapter's headings as a tree, and the list of works at its end.
///
/// The first heading of level 1 is the page's title; any later one counts as level 2, as it is drawn.
func outline(of chapter: Chapter, _ typesetter: Typesetter) -> [OutlineItem] {
  var items: [OutlineItem] = []
  var sawTitle = false
  for heading in chapter.headings {
    if heading.level == 1, !sawTitle {
      sawTitle = true
      continue
    }
    let title = typesetter.nodeWithoutLinks(heading.title).rendered()
    let item = OutlineItem(id: heading.id, title: title, children: [])
    switch heading.level {
    case 1, 2: items.append(item)
    case 3 where items.isEmpty: items.append(item)
    case 3: items[items.count - 1].children.append(item)
    default: continue
    }
  }
  if typesetter.listsWorks { items.append(OutlineItem(id: worksID, title: worksTitle, children: [])) }
  return items
}
