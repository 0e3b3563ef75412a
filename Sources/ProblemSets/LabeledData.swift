public import Models

/// Samples of several features, each of one of several classes.
public typealias LabeledData = DataSet
