internal import Matrix

extension ScaledProgram {
  /// v ← (Gᵀx, x), with scratch for the rows.
  func setValues(
    of x: Vector<Double>, _ part: inout Vector<Double>,
    into v: inout Vector<Double>
  ) {
    g.multiply(x, transposed: true, into: &part)
    let rows = part.count
    for i in 0..<rows { v.set(i, to: part[i]) }
    for j in 0..<x.count { v.set(rows + j, to: x[j]) }
  }

  /// f ← E y + G h + h of the variables, with scratch for the rows.
  func setPull(
    _ y: Vector<Double>, _ h: Vector<Double>, _ part: inout Vector<Double>,
    into f: inout Vector<Double>
  ) {
    let rows = part.count
    for i in 0..<rows { part.set(i, to: h[i]) }
    g.multiply(part, into: &f)
    e.multiply(y, into: &f, beta: 1)
    for j in 0..<f.count { f.set(j, to: f[j] + h[rows + j]) }
  }
}
