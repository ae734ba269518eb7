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

// Eight numbers in double precision at once: written element by element, the compiler shuffles them one at a time.
typedef float FloatLanes __attribute__((ext_vector_type(8)));
typedef double DoubleLanes __attribute__((ext_vector_type(8)));
static inline DoubleLanes widenedLanes(FloatLanes x) { return __builtin_convertvector(x, DoubleLanes); }

// Asks for memory that will be read soon.
static inline void prefetchMemory(const void *place) { __builtin_prefetch(place); }
