import Experiments
import Specs

/// The kinds of experiments that books can use.
let allKinds: [Kind] = []

/// What figures and tables can say, for `fieldbook kinds`.
let viewCatalogs: [Catalog] = []
