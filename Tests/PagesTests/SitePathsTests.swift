import Notebook
import Testing

@testable import Pages

@Suite struct SitePathsTests {
  @Test func `The first chapter is the index of the site`() {
    let paths = SitePaths(Sample.book)
    #expect(paths.page(ofChapter: "start/introduction.md") == "index.html")
    #expect(paths.page(ofChapter: "init/what.md") == "init/what.html")
    #expect(paths.page(ofChapter: "init/depth.md") == nil)
  }

  @Test func `A readme is the index of its folder`() {
    let paths = SitePaths(
      book(
        ["a.md": "", "README.md": "", "b/README.md": ""], summary: "- [A](a.md)\n- [R](README.md)\n- [B](b/README.md)"))
    #expect(paths.page(ofChapter: "a.md") == "a.html")
    #expect(paths.page(ofChapter: "README.md") == "index.html")
    #expect(paths.page(ofChapter: "b/README.md") == "b/index.html")
  }

  @Test(arguments: [
    ("index.html", "index.html", "index.html"), ("a/b.html", "index.html", "../index.html"),
    ("a/b.html", "a/c.html", "c.html"), ("a/b/c.html", "a/d/e.html", "../d/e.html"),
    ("x.html", "a b/50%.html", "a%20b/50%25.html"),
  ])
  func `Pages address each other relatively`(from: String, to: String, address: String) {
    #expect(SitePaths.address(of: to, from: from) == address)
  }

  @Test func `The root leads up from each folder`() {
    #expect(SitePaths.root(of: "index.html") == "")
    #expect(SitePaths.root(of: "a/b/c.html") == "../../")
  }

  @Test(arguments: [
    ("../init/what.html#x", "init/what.html#x"), ("map.png", "start/map.png"), ("#here", "#here"),
    ("https://example.org/a.html", "https://example.org/a.html"), ("mailto:a@example.org", "mailto:a@example.org"),
    ("introduction.html", "index.html"), ("../a%20map.png", "a%20map.png"),
  ])
  func `What a chapter writes is right from where its page stands`(written: String, address: String) throws {
    let chapter = try #require(Sample.book.chapters.first)
    #expect(SitePaths(Sample.book).address(written, in: chapter) == address)
  }
}
