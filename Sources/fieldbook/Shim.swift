// The one file of this module that touches raw memory and the C library.

import CRename
import Foundation
import Glibc

/// Starts the program again with the environment that gives the same bits on every machine, unless it is there.
///
/// OpenBLAS chooses its kernels and its threads when it is loaded, before `main`; so it has to be another start.
func pinLibraries() {
  #if os(Linux) && arch(x86_64)
    let wanted = [("OPENBLAS_CORETYPE", "Haswell"), ("OPENBLAS_NUM_THREADS", "1")]
    let environment = ProcessInfo.processInfo.environment
    if wanted.allSatisfy({ environment[$0] == $1 }) { return }
    // Not twice, whatever else goes wrong.
    if environment["FIELDBOOK_STARTED_AGAIN"] != nil { return }
    for (name, value) in wanted + [("FIELDBOOK_STARTED_AGAIN", "1")] { unsafe setenv(name, value, 1) }
    _ = unsafe execv("/proc/self/exe", CommandLine.unsafeArgv)
  #endif
}

/// Puts `folder` in the place of `target` at one stroke and `target` in the place of `folder`, where both exist.
/// - Returns: whether the system could.
func exchange(_ folder: String, _ target: String) -> Bool {
  #if os(Linux)
    return unsafe renameat2(AT_FDCWD, folder, AT_FDCWD, target, FIELDBOOK_RENAME_EXCHANGE) == 0
  #else
    return false
  #endif
}

/// Gives a file or folder another name; `false` when the system refuses.
func move(_ path: String, to target: String) -> Bool { unsafe rename(path, target) == 0 }

/// What the system last refused, in its words.
var systemMessage: String { unsafe String(cString: strerror(errno)) }

/// Whether a path leads to a folder; `nil` when there is nothing.
func isFolder(_ path: String) -> Bool? {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { return nil }
  return status.st_mode & S_IFMT == S_IFDIR
}

/// Whether a path leads to a regular file: reading a pipe would wait for whoever writes it.
func isFile(_ path: String) -> Bool {
  var status = stat()
  return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
}

/// Whether standard error goes to a person.
var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

/// Characters on a line of the terminal.
var terminalWidth: Int {
  var size = winsize()
  if unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
  return 80
}
