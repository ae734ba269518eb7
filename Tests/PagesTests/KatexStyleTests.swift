import Foundation
import Testing

@testable import Pages

@Suite struct KatexStyleTests {
  @Test func `Only WOFF2 fonts stay, and all of them are copied`() {
    let (page, fonts) = katexStyle(
      "@font-face{font-family:A;src:url(fonts/A.woff2) format('woff2'),url(fonts/A.ttf) format('truetype');a:b}.c{d:e}")
    #expect(page.text == "@font-face{font-family:A;src:url(fonts/A.woff2) format('woff2');a:b}.c{d:e}")
    #expect(fonts == [Asset(source: "fonts/A.woff2", destination: "katex/fonts/A.woff2")])
  }

  @Test func `The library's own style sheet names fonts that exist`() throws {
    let css = try String(contentsOfFile: "\(katexFolder)/katex.min.css", encoding: .utf8)
    let (page, fonts) = katexStyle(css)
    #expect(fonts.count >= 20)
    #expect(!page.text.contains(".ttf"))
    for font in fonts { #expect(FileManager.default.fileExists(atPath: "\(katexFolder)/\(font.source)")) }
  }
}
