#pragma once

/// A convolution of channels-last images in single precision, or one of its two adjoints, as oneDNN compiles it for
/// fixed sizes. One thread uses it at a time.
typedef struct DirectConvolution DirectConvolution;

typedef enum { directForward, directToImages, directToFilters } DirectDirection;

/// Sizes of a convolution: images [samples, height, width, channels], filters
/// [filters, window height, window width, channels / groups].
typedef struct {
  long samples, height, width, channels, filters, groups;
  long window[2], stride[2], padding[2], dilation[2], places[2];
} DirectSizes;

/// NULL where oneDNN has no compiled kernel for it.
DirectConvolution *_Nullable directConvolutionMake(DirectDirection direction, const DirectSizes *_Nonnull sizes);
void directConvolutionFree(DirectConvolution *_Nonnull convolution);

/// Writes the one of the three that the direction says.
void directConvolutionRun(
    DirectConvolution *_Nonnull convolution, float *_Nonnull images, float *_Nonnull filters, float *_Nonnull results);
