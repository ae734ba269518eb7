import Autodiff
import Datasets
import Networks
import Tensors

/// The loss of a run's model on samples that stay the same while it trains, as it is judged: in eval mode.
final class FixedSamples<Element: Scalar> {
  let objective: TracedObjective<Element>

  /// On the first training samples, as many as there are.
  convenience init(of run: WatchedRun<Element>, count: Int) {
    self.init(of: run)
    load(run.dataset.train, Array(0..<min(count, run.dataset.train.count))[...])
  }

  /// On none yet.
  init(of run: WatchedRun<Element>) {
    objective = TracedObjective(run.train.model.training(with: run.train.loss))
  }

  func load(_ samples: Samples, _ batch: ArraySlice<Int>) {
    objective.refill(
      counts: [batch.count * samples.inputWidth, batch.count * samples.targetWidth], samples: batch.count
    ) { data in
      samples.copyInputs(batch, into: &data[0])
      samples.copyTargets(batch, into: &data[1])
    }
  }

  func value(at moment: TrainingMoment<Element>) -> Double {
    objective.buffers = moment.buffers
    return objective.value(at: moment.point)
  }

  func gradient(at moment: TrainingMoment<Element>, into gradient: inout Vector<Element>) -> Double {
    objective.buffers = moment.buffers
    return objective.gradient(at: moment.point, into: &gradient)
  }
}
