#include "COneDNN.h"

#include <dnnl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#if DNNL_VERSION_MAJOR != 2
#error "this speaks to oneDNN 2 (Debian 12: libdnnl-dev)"
#endif

// Of libgomp, which oneDNN runs on; its header is not where every compiler looks.
extern void omp_set_num_threads(int);

/// A step that oneDNN executes, with the memory it works in.
typedef struct {
  dnnl_primitive_t primitive;
  dnnl_memory_t scratch;
  void *bytes;
} Step;

struct DirectConvolution {
  DirectDirection direction;
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  Step compute, reorder;
  dnnl_memory_t images, results;
  /// As the caller has them, and as the kernel wants them: NULL where it takes them as they are.
  dnnl_memory_t filters, arranged;
  void *arrangedBytes;
  /// Where another direction does this one's work: the filters turned round, with inputs and outputs exchanged.
  float *turned;
  DirectSizes sizes;
};

/// The same instructions on every machine.
__attribute__((constructor)) static void limit(void) { dnnl_set_max_cpu_isa(dnnl_cpu_isa_avx2); }

static void *allocate(size_t bytes) { return aligned_alloc(64, (bytes + 63) / 64 * 64 + 64); }

static bool makeMemory(dnnl_memory_t *memory, const dnnl_memory_desc_t *shape, dnnl_engine_t engine, void *bytes) {
  return dnnl_memory_create(memory, shape, engine, bytes) == dnnl_success;
}

/// Takes over the description.
static bool makeStep(Step *step, dnnl_primitive_desc_t description, dnnl_engine_t engine) {
  const dnnl_memory_desc_t *scratch = dnnl_primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0);
  step->bytes = allocate(dnnl_memory_desc_get_size(scratch));
  bool made = makeMemory(&step->scratch, scratch, engine, step->bytes)
    && dnnl_primitive_create(&step->primitive, description) == dnnl_success;
  dnnl_primitive_desc_destroy(description);
  return made;
}

static void freeStep(Step *step) {
  if (step->primitive) dnnl_primitive_destroy(step->primitive);
  if (step->scratch) dnnl_memory_destroy(step->scratch);
  free(step->bytes);
}

static bool make(DirectConvolution *c, const DirectSizes *s, dnnl_primitive_attr_t attributes) {
  // oneDNN names axes samples, channels, height, width and filters (group,) filter, channel, height, width; strides say
  // how they lie.
  dnnl_memory_desc_t images, results, filters, free;
  dnnl_dims_t imageAxes = {s->samples, s->channels, s->height, s->width};
  dnnl_dims_t resultAxes = {s->samples, s->filters, s->places[0], s->places[1]};
  long channels = s->channels / s->groups, outputs = s->filters / s->groups, count = s->window[0] * s->window[1];
  dnnl_dims_t filterAxes = {s->groups, outputs, channels, s->window[0], s->window[1]};
  dnnl_dims_t filterStrides = {outputs * count * channels, count * channels, 1, s->window[1] * channels, channels};
  int skip = s->groups == 1 ? 1 : 0;
  dnnl_dims_t dilation = {s->dilation[0] - 1, s->dilation[1] - 1}, stride = {s->stride[0], s->stride[1]};
  dnnl_dims_t before = {s->padding[0], s->padding[1]}, after;
  long length[2] = {s->height, s->width};
  for (int axis = 0; axis < 2; axis++) {
    // What the last place leaves over is less padding at the end, maybe none at all.
    long reach = s->dilation[axis] * (s->window[axis] - 1) + 1;
    after[axis] = (s->places[axis] - 1) * s->stride[axis] + reach - length[axis] - s->padding[axis];
  }
  dnnl_memory_desc_init_by_tag(&images, 4, imageAxes, dnnl_f32, dnnl_nhwc);
  dnnl_memory_desc_init_by_tag(&results, 4, resultAxes, dnnl_f32, dnnl_nhwc);
  dnnl_memory_desc_init_by_strides(&filters, 5 - skip, filterAxes + skip, dnnl_f32, filterStrides + skip);
  dnnl_memory_desc_init_by_tag(&free, 5 - skip, filterAxes + skip, dnnl_f32, dnnl_format_tag_any);

  dnnl_convolution_desc_t forward, backward;
  dnnl_primitive_desc_t hint, description;
  if (dnnl_dilated_convolution_forward_desc_init(
        &forward, dnnl_forward_training, dnnl_convolution_direct, &images, &free, NULL, &results, stride, dilation,
        before, after) != dnnl_success
      || dnnl_primitive_desc_create(&hint, &forward, attributes, c->engine, NULL) != dnnl_success) {
    return false;
  }
  dnnl_status_t status = dnnl_success;
  switch (c->direction) {
  case directForward: description = hint; break;
  case directToImages:
    status = dnnl_dilated_convolution_backward_data_desc_init(
      &backward, dnnl_convolution_direct, &images, &free, &results, stride, dilation, before, after);
    break;
  case directToFilters:
    status = dnnl_dilated_convolution_backward_weights_desc_init(
      &backward, dnnl_convolution_direct, &images, &free, NULL, &results, stride, dilation, before, after);
    break;
  }
  if (c->direction != directForward) {
    if (status == dnnl_success) {
      status = dnnl_primitive_desc_create(&description, &backward, attributes, c->engine, hint);
    }
    dnnl_primitive_desc_destroy(hint);
    if (status != dnnl_success) return false;
  }
  const char *kernel = "";
  dnnl_primitive_desc_query(description, dnnl_query_impl_info_str, 0, &kernel);
  const dnnl_memory_desc_t *wanted = dnnl_primitive_desc_query_md(
    description, c->direction == directToFilters ? dnnl_query_diff_weights_md : dnnl_query_weights_md, 0);
  dnnl_memory_desc_t arranged = *wanted;
  // Anything but a kernel compiled for these sizes is slower than our own.
  if (strncmp(kernel, "jit:avx2", 8) != 0) {
    dnnl_primitive_desc_destroy(description);
    return false;
  }
  if (!makeStep(&c->compute, description, c->engine) || !makeMemory(&c->images, &images, c->engine, NULL)
      || !makeMemory(&c->results, &results, c->engine, NULL)
      || !makeMemory(&c->filters, &filters, c->engine, NULL)) {
    return false;
  }
  if (dnnl_memory_desc_equal(&arranged, &filters)) return true;
  c->arrangedBytes = allocate(dnnl_memory_desc_get_size(&arranged));
  bool back = c->direction == directToFilters;
  return makeMemory(&c->arranged, &arranged, c->engine, c->arrangedBytes)
    && dnnl_reorder_primitive_desc_create(
         &description, back ? &arranged : &filters, c->engine, back ? &filters : &arranged, c->engine, attributes)
      == dnnl_success
    && makeStep(&c->reorder, description, c->engine);
}

/// Whether the other of the forward kernel and its adjoint does this convolution faster. With stride 1 each is the
/// other with turned filters. Measured with oneDNN 2.6 on Zen 4: the forward kernel reaches 70 GFLOP/s where it makes 16
/// channels, its adjoint 107; the adjoint reaches 74-86 where it makes 32 to 56, the forward kernel 97-110.
static bool turnsBetter(DirectDirection direction, const DirectSizes *s) {
  for (int axis = 0; axis < 2; axis++) {
    if (s->stride[axis] != 1 || s->dilation[axis] != 1 || s->padding[axis] >= s->window[axis]) return false;
  }
  if (s->groups != 1) return false;
  switch (direction) {
  case directForward: return s->filters == 16 && s->channels == 16;
  case directToImages: return s->channels >= 32 && s->channels < 64 && s->filters >= 32;
  case directToFilters: return false;
  }
}

DirectConvolution *directConvolutionMake(DirectDirection direction, const DirectSizes *sizes) {
  omp_set_num_threads(1);
  DirectConvolution *c = calloc(1, sizeof *c);
  c->direction = direction;
  c->sizes = *sizes;
  DirectSizes turned = *sizes;
  if (turnsBetter(direction, sizes)) {
    c->direction = direction == directForward ? directToImages : directForward;
    turned.channels = sizes->filters;
    turned.filters = sizes->channels;
    turned.height = sizes->places[0];
    turned.width = sizes->places[1];
    turned.places[0] = sizes->height;
    turned.places[1] = sizes->width;
    for (int axis = 0; axis < 2; axis++) turned.padding[axis] = sizes->window[axis] - 1 - sizes->padding[axis];
    c->turned = allocate(sizes->filters * sizes->channels * sizes->window[0] * sizes->window[1] * sizeof(float));
  }
  dnnl_primitive_attr_t attributes = NULL;
  bool made = dnnl_engine_create(&c->engine, dnnl_cpu, 0) == dnnl_success
    && dnnl_stream_create(&c->stream, c->engine, dnnl_stream_in_order) == dnnl_success
    && dnnl_primitive_attr_create(&attributes) == dnnl_success
    && dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user) == dnnl_success
    && make(c, &turned, attributes);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  if (made) return c;
  directConvolutionFree(c);
  return NULL;
}

void directConvolutionFree(DirectConvolution *c) {
  freeStep(&c->compute);
  freeStep(&c->reorder);
  dnnl_memory_t memories[] = {c->images, c->results, c->filters, c->arranged};
  for (int i = 0; i < 4; i++) {
    if (memories[i]) dnnl_memory_destroy(memories[i]);
  }
  free(c->arrangedBytes);
  free(c->turned);
  if (c->stream) dnnl_stream_destroy(c->stream);
  if (c->engine) dnnl_engine_destroy(c->engine);
  free(c);
}

static void arrange(DirectConvolution *c, dnnl_memory_t from, dnnl_memory_t to) {
  dnnl_exec_arg_t arguments[] = {
    {DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}, {DNNL_ARG_SCRATCHPAD, c->reorder.scratch}};
  dnnl_primitive_execute(c->reorder.primitive, c->stream, 3, arguments);
}

/// [filter][row][column][channel] to [channel][row from the end][column from the end][filter].
static void turn(const DirectSizes *s, const float *filters, float *turned) {
  long taps = s->window[0] * s->window[1];
  for (long channel = 0; channel < s->channels; channel++) {
    for (long tap = 0; tap < taps; tap++) {
      for (long filter = 0; filter < s->filters; filter++) {
        *turned++ = filters[(filter * taps + taps - 1 - tap) * s->channels + channel];
      }
    }
  }
}

void directConvolutionRun(DirectConvolution *c, float *images, float *filters, float *results) {
  omp_set_num_threads(1);
  if (c->turned) {
    turn(&c->sizes, filters, c->turned);
    filters = c->turned;
    float *exchanged = images;
    images = results;
    results = exchanged;
  }
  dnnl_memory_set_data_handle(c->images, images);
  dnnl_memory_set_data_handle(c->results, results);
  dnnl_memory_set_data_handle(c->filters, filters);
  dnnl_memory_t arranged = c->arranged ? c->arranged : c->filters;
  if (c->arranged && c->direction != directToFilters) arrange(c, c->filters, c->arranged);
  int imagesRole[] = {DNNL_ARG_SRC, DNNL_ARG_DIFF_SRC, DNNL_ARG_SRC};
  int filtersRole[] = {DNNL_ARG_WEIGHTS, DNNL_ARG_WEIGHTS, DNNL_ARG_DIFF_WEIGHTS};
  int resultsRole[] = {DNNL_ARG_DST, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_DST};
  dnnl_exec_arg_t arguments[] = {
    {imagesRole[c->direction], c->images}, {filtersRole[c->direction], arranged},
    {resultsRole[c->direction], c->results}, {DNNL_ARG_SCRATCHPAD, c->compute.scratch}};
  dnnl_primitive_execute(c->compute.primitive, c->stream, 4, arguments);
  if (c->arranged && c->direction == directToFilters) arrange(c, c->arranged, c->filters);
  dnnl_stream_wait(c->stream);
}
