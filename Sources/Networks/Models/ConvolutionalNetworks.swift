import Autodiff
public import Tensors

extension Model {
  /// The sources' network for CIFAR-100: three times convolution 3×3, batch normalization, ReLU and pooling, with 32, 64
  /// and 128 channels, then 512 units with dropout. 1,194,084 parameters on 3×32×32 images of 100 classes.
  /// - Throws: `Misfit` for what is no image of at least 8×8.
  public static func cnn(inputShape: Shape, outputs: Int) throws -> Model {
    let stages: [any Layer] = [32, 64, 128].flatMap { channels -> [any Layer] in
      [
        Convolution(channels: channels, size: 3, padding: 1), BatchNorm(), ActivationLayer(.relu),
        Pooling(.maximum, size: 2),
      ]
    }
    return try chain(
      "cnn",
      stages + [
        Flatten(), Linear(units: 512), ActivationLayer(.relu), Dropout(rate: 0.5), Linear(units: outputs),
      ], inputShape: inputShape, outputs: outputs)
  }

  /// The network of PyTorch's MNIST example: two convolutions 3×3 with 32 and 64 channels, pooling, 128 units, dropout
  /// after both. 1,199,882 parameters on 1×28×28 images of 10 classes.
  /// - Throws: `Misfit` for what is no image of at least 6×6.
  public static func mnistCNN(inputShape: Shape, outputs: Int) throws -> Model {
    try chain(
      "mnist-cnn",
      [
        Convolution(channels: 32, size: 3), ActivationLayer(.relu), Convolution(channels: 64, size: 3),
        ActivationLayer(.relu), Pooling(.maximum, size: 2), Dropout(rate: 0.25), Flatten(), Linear(units: 128),
        ActivationLayer(.relu), Dropout(rate: 0.5), Linear(units: outputs),
      ], inputShape: inputShape, outputs: outputs)
  }

  /// A residual network for small images: a convolution, three stages of `blocks` residual blocks with once, twice and
  /// four times `channels` channels, the mean over pixels, a linear layer: 6·blocks + 2 layers with weights. Without
  /// `skips` it is the plain network that Li et al. call "noshort" (arXiv:1712.09913), with the same parameters.
  /// He et al. 2016, arXiv:1512.03385, section 4.2.
  /// - Parameter stride: of the first convolution; 2 halves the image before the first stage.
  /// - Throws: `Misfit` for what is no image.
  public static func resNet(
    blocks: Int, channels: Int = 16, stride: Int = 1, skips: Bool = true, inputShape: Shape, outputs: Int
  ) throws -> Model {
    let stages: [any Layer] = (0..<3).flatMap { stage in
      (0..<blocks).map { block in
        BasicBlock(channels: channels << stage, stride: block == 0 && stage > 0 ? 2 : 1, skips: skips)
      }
    }
    return try chain(
      "resnet",
      [
        Convolution(channels: channels, size: 3, stride: stride, padding: 1, bias: false), BatchNorm(),
        ActivationLayer(.relu),
      ] + stages + [GlobalAveragePooling(), Linear(units: outputs)], inputShape: inputShape, outputs: outputs)
  }
}
