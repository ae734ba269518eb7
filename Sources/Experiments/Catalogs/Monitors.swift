import Specs

typealias MonitorItem = MakerCatalog<@Sendable (Values) -> any Monitor>.Item

/// Every monitor that `train` can be given.
let monitorCatalog = MakerCatalog<@Sendable (Values) -> any Monitor>(
  "monitor",
  [
    tensorNormsEntry,
    layerGradientsEntry,
    stagesEntry,
    gradientNoiseEntry,
    sharpnessEntry,
    alarmEntry,
  ])
