// Linux's exchange of two names at one stroke, which <stdio.h> hides behind _GNU_SOURCE.
#if defined(__linux__)
int renameat2(int oldfolder, const char *oldpath, int newfolder, const char *newpath, unsigned int flags);
#define FIELDBOOK_RENAME_EXCHANGE 2u
#endif
