import Testing

@testable import Notebook

@Suite("The math scanner")
struct InlineScannerTests {
  @Test("lifts inline formulas") func inline() {
    #expect(html("Let $x_1 * y_2$ and $a*b*c$.") == "<p>Let «$x_1 * y_2$» and «$a*b*c$».</p>")
    #expect(html("$x$$y$") == "<p>«$x$»«$y$»</p>")
    #expect(html("*$x$* **$y$**s") == "<p><em>«$x$»</em> <strong>«$y$»</strong>s</p>")
    #expect(html("[$x$](https://a.b)") == "<p><a href=\"https://a.b\">«$x$»</a></p>")
  }

  @Test("knows money from formulas") func money() {
    #expect(html("$5 and $6") == "<p>$5 and $6</p>")
    #expect(html("$20,000 and USD$30") == "<p>$20,000 and USD$30</p>")
    #expect(html("5$ or 6$") == "<p>5$ or 6$</p>")
    #expect(html("a $ b $ c") == "<p>a $ b $ c</p>")
    #expect(html("one $") == "<p>one $</p>")
    #expect(html("$5 for $x$") == "<p>$5 for «$x$»</p>")
  }

  @Test("takes an escaped dollar for a dollar") func escapes() {
    #expect(html(#"\$x$"#) == "<p>$x$</p>")
    #expect(html(#"\\$x$"#) == #"<p>\«$x$»</p>"#)
    #expect(html(#"$a\$b$"#) == #"<p>«$a\$b$»</p>"#)
    #expect(html(#"$\text{if $n$ is even}$"#) == #"<p>«$\text{if $n$ is even}$»</p>"#)
  }

  @Test("leaves code spans alone") func codeSpans() {
    #expect(html("`$x$` and $`$") == "<p><code>$x$</code> and «$`$»</p>")
    #expect(html("``a ` $x$`` $y$") == "<p><code>a ` $x$</code> «$y$»</p>")
    #expect(html("` $x$") == "<p>` «$x$»</p>")
    #expect(html("$a `b$ c` d") == "<p>«$a `b$» c` d</p>")
    #expect(html("`a\n$x$` $y$") == "<p><code>a $x$</code> «$y$»</p>")
    #expect(html("`$$`") == "<p><code>$$</code></p>")
  }

  @Test("leaves fences and indented code alone") func codeBlocks() {
    #expect(html("```sh\necho $x$\n```\n$y$") == "«code sh: echo $x$\n»<p>«$y$»</p>")
    #expect(html("~~~~\n~~~\n$$\n~~~~\n") == "«code : ~~~\n$$\n»")
    #expect(html("- a\n\n  ```\n  $x$\n  ```\n") == "<ul><li><p>a</p>«code : $x$\n»</li></ul>")
    #expect(html("a\n\n    $x$\n") == "<p>a</p>«code : $x$\n»")
    #expect(html("- a\n\n      $x$\n\n  $y$\n") == "<ul><li><p>a</p>«code : $x$\n»<p>«$y$»</p></li></ul>")
    #expect(html("> ```\n> $$\n> ```\n") == "<blockquote>«code : $$\n»</blockquote>")
  }

  @Test("leaves HTML alone") func rawHTML() {
    #expect(html("<div>\n$x$\n</div>\n\n$y$") == "<div>\n$x$\n</div>\n<p>«$y$»</p>")
    #expect(html("a <b title=\"$5\">$x$</b> $6") == "<p>a <b title=\"$5\">«$x$»</b> $6</p>")
    #expect(html("a <!-- $x$ --> $y$") == "<p>a <!-- $x$ --> «$y$»</p>")
    #expect(html("<!-- $$ -->\n") == "<!-- $$ -->\n")
    #expect(html("1 < 2 and $x$ > 3") == "<p>1 &lt; 2 and «$x$» &gt; 3</p>")
  }

  @Test("leaves addresses alone") func addresses() {
    #expect(html("[a](https://x.y/$z$) $w$") == "<p><a href=\"https://x.y/$z$\">a</a> «$w$»</p>")
    #expect(html("<https://x.y/$z$>") == "<p><a href=\"https://x.y/$z$\">https://x.y/$z$</a></p>")
    #expect(html("[a](https://x.y \"$5 and 6$\")") == "<p><a href=\"https://x.y\" title=\"$5 and 6$\">a</a></p>")
    #expect(html("[a]: https://x.y/$z$\n\n[a]") == "<p><a href=\"https://x.y/$z$\">a</a></p>")
  }

  @Test("writes formulas in descriptions as they are") func descriptions() {
    #expect(html("![the $x$ axis](x.png)") == "<p><img src=\"x.png\" alt=\"the $x$ axis\"></p>")
  }

  @Test("makes display formulas blocks") func display() {
    #expect(html("$$x$$") == "«$$x$$»")
    #expect(html("$$\nx\n$$\n") == "«$$x$$»")
    #expect(html("Then\n$$ x $$\nholds.") == "<p>Then</p>«$$x$$»<p>holds.</p>")
    #expect(html("- a\n  $$\n  b\n  $$\n- c") == "<ul><li>a«$$b$$»</li><li>c</li></ul>")
    #expect(html("> $$\n> b\n> $$\n> c") == "<blockquote>«$$b$$»<p>c</p></blockquote>")
    #expect(html("$$\na\n$$\n\n$$\nb\n$$") == "«$$a$$»«$$b$$»")
  }

  @Test("reads display formulas whose lines look like blocks") func blocksInDisplay() {
    #expect(html("$$\na\n- b\n+ c\n= d\n$$\n") == "«$$a\n- b\n+ c\n= d$$»")
    #expect(html("Text $y$\n$$\na\n=\nb\n$$\n\n# H") == "<p>Text «$y$»</p>«$$a\n=\nb$$»<h1 id=\"h\">H</h1>")
    #expect(html("> $$\n> a\n> > 0\n> $$\n") == "<blockquote>«$$a\n> 0$$»</blockquote>")
    #expect(html("- x\n  $$\n  - y\n  $$\n- z") == "<ul><li>x«$$- y$$»</li><li>z</li></ul>")
    #expect(html("$$\n# a\n$$\n\n$$\n1. b\n$$\n") == "«$$# a$$»«$$1. b$$»")
    #expect(html("$$\n    a\n    b\n$$\n") == "«$$a\nb$$»")
  }

  @Test("labels equations") func labels() {
    #expect(html("$$x$$ {#eq-one}") == "«$$x$$ #eq-one»")
    #expect(html("$$\nx\n$$ {#eq-two_b}\n") == "«$$x$$ #eq-two_b»")
    let parsed = ParsedText("$$x$$ {#1️⃣one}")
    #expect(parsed.messages == ["‘one’ is no label of an equation"])
    #expect(parsed.marks == [1])
  }

  @Test("says where a display formula is never closed") func unclosed() {
    let parsed = ParsedText("a $x$ 1️⃣$$ b\n\nc $$d$$\n\n> - 2️⃣$$\n>   e\n")
    #expect(parsed.marks == [1, 2])
    #expect(parsed.messages == Array(repeating: "‘$$’ opens a formula that is never closed", count: 2))
    #expect(html("$$ a\n```\nb $$\n```\n") == "<p>$$ a</p>«code : b $$\n»")
  }

  @Test("wants display formulas in paragraphs of their own") func displayWithin() {
    let parsed = ParsedText("# A $$1️⃣x$$\n\n*$$2️⃣y$$*\n")
    #expect(parsed.marks == [1, 2])
    #expect(parsed.html == "<h1 id=\"a-x\">A «$x$»</h1><p><em>«$y$»</em></p>")
  }

  @Test("lifts numbers") func numbers() {
    #expect(html("`= a.b[c=d] | percent` of") == "<p>«=a.b[c=d] | percent» of</p>")
    #expect(html("`=a.b` `` = x `` ``= y``") == "<p>«=a.b» <code>= x</code> «=y»</p>")
    #expect(
      html("`==` `=` `=> x` `= `") == "<p><code>==</code> <code>=</code> <code>=&gt; x</code> <code>= </code></p>")
    #expect(html("`= a.b\n| percent`") == "<p>«=a.b | percent»</p>")
  }

  @Test("lifts references") func references() {
    #expect(
      html("see @fig-a, @tbl-b-c, (@eq-d) and @sec-e_f.")
        == "<p>see «@fig-a», «@tbl-b-c», («@eq-d») and «@sec-e_f».</p>")
    #expect(html("_@fig-a_ [@fig-a](b.md)") == "<p><em>«@fig-a»</em> <a href=\"b.html\">«@fig-a»</a></p>")
    #expect(html("me@fig-a.org x@fig-a é@fig-a") == "<p>me@fig-a.org x@fig-a é@fig-a</p>")
    #expect(
      html("`@fig-a` \\@fig-a @fig- @ <a@fig-a.b>")
        == "<p><code>@fig-a</code> @fig-a «@fig»- @ <a href=\"mailto:a@fig-a.b\">a@fig-a.b</a></p>")
    #expect(html("«@fig-a»") == "<p>««@fig-a»»</p>")
  }
}
