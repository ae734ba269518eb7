import ArgumentParser

/// Where the program begins.
@main enum Entry {
  static func main() {
    pinLibraries()
    Fieldbook.main()
  }
}
