import Autodiff
public import Tensors

/// Networks for large photographs: here to be counted and taken apart rather than trained.
extension Model {
  /// VGG-16 with biases and without normalization: 138,357,544 parameters on 3×224×224 images of 1000 classes.
  /// Simonyan & Zisserman 2015, arXiv:1409.1556, configuration D.
  /// - Throws: `Misfit` for what is no image of at least 32×32.
  public static func vgg16(inputShape: Shape, outputs: Int) throws -> Model {
    let stages: [any Layer] = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)].flatMap { stage -> [any Layer] in
      (0..<stage.1).flatMap { _ -> [any Layer] in
        [Convolution(channels: stage.0, size: 3, padding: 1), ActivationLayer(.relu)]
      } + [Pooling(.maximum, size: 2)]
    }
    let dense: [any Layer] = (0..<2).flatMap { _ -> [any Layer] in
      [Linear(units: 4096), ActivationLayer(.relu), Dropout(rate: 0.5)]
    }
    return try chain(
      "vgg-16", stages + [Flatten()] + dense + [Linear(units: outputs)], inputShape: inputShape, outputs: outputs)
  }

  /// ResNet-18: blocks of two 3×3 convolutions. 11,689,512 parameters on photographs of 1000 classes.
  /// He et al. 2016, arXiv:1512.03385, with shortcuts of option B.
  /// - Throws: `Misfit` for what is no image.
  public static func resNet18(inputShape: Shape, outputs: Int) throws -> Model {
    try photographic(
      "resnet-18", blocks: [2, 2, 2, 2], expansion: 1, inputShape: inputShape, outputs: outputs
    ) { width, stride in
      Chain(
        normalized(width, size: 3, stride: stride) + [ActivationLayer(.relu)] + normalized(width, size: 3, stride: 1))
    }
  }

  /// ResNet-50: blocks of 1×1, 3×3 and 1×1 convolutions. 25,557,032 parameters on photographs of 1000 classes.
  /// He et al. 2016, arXiv:1512.03385, with shortcuts of option B and the stride in the 3×3 convolution.
  /// - Throws: `Misfit` for what is no image.
  public static func resNet50(inputShape: Shape, outputs: Int) throws -> Model {
    try photographic(
      "resnet-50", blocks: [3, 4, 6, 3], expansion: 4, inputShape: inputShape, outputs: outputs
    ) { width, stride in
      Chain(
        normalized(width, size: 1, stride: 1) + [ActivationLayer(.relu)] + normalized(width, size: 3, stride: stride)
          + [ActivationLayer(.relu)] + normalized(4 * width, size: 1, stride: 1))
    }
  }

  private static func photographic(
    _ name: String, blocks: [Int], expansion: Int, inputShape: Shape, outputs: Int,
    branch: (_ width: Int, _ stride: Int) -> Chain
  ) throws -> Model {
    var layers: [any Layer] =
      normalized(64, size: 7, stride: 2) + [ActivationLayer(.relu), Pooling(.maximum, size: 3, stride: 2, padding: 1)]
    var channels = 64
    for (stage, count) in blocks.enumerated() {
      let width = 64 << stage
      for block in 0..<count {
        let stride = block == 0 && stage > 0 ? 2 : 1
        let changes = stride > 1 || channels != expansion * width
        channels = expansion * width
        let shortcut = changes ? Chain(normalized(channels, size: 1, stride: stride)) : nil
        layers += [Residual(branch(width, stride), shortcut: shortcut), ActivationLayer(.relu)]
      }
    }
    return try chain(
      name, layers + [GlobalAveragePooling(), Linear(units: outputs)], inputShape: inputShape, outputs: outputs)
  }

  private static func normalized(_ channels: Int, size: Int, stride: Int) -> [any Layer] {
    [
      Convolution(channels: channels, size: size, stride: stride, padding: size / 2, bias: false), BatchNorm(),
    ]
  }
}
