#include <cblas.h>
#include <lapacke.h>

#if defined(__x86_64__)
#include <xmmintrin.h>

/// Lets this thread treat subnormal numbers as zero; gives what `restoreFloatingPoint` needs.
static inline unsigned flushSubnormalNumbers(void) {
  unsigned mode = _mm_getcsr();
  _mm_setcsr(mode | 0x8040);
  return mode;
}

static inline void restoreFloatingPoint(unsigned mode) { _mm_setcsr(mode); }
#else
static inline unsigned flushSubnormalNumbers(void) { return 0; }
static inline void restoreFloatingPoint(unsigned mode) {}
#endif

// Square roots that loops can vectorise: the library's would have to set errno.
static inline float squareRootOfFloat(float x) { return __builtin_elementwise_sqrt(x); }
static inline double squareRootOfDouble(double x) { return __builtin_elementwise_sqrt(x); }
