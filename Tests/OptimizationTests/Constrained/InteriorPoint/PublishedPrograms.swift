import Differentiation
import Matrix
import Optimization

/// A published problem with its least value.
///
/// Source: Hock and Schittkowski, Test Examples for Nonlinear Programming
/// Codes, Lecture Notes in Economics and Mathematical Systems 187, Springer
/// 1981, by number.
struct PublishedProgram {
  let number: Int
  let start: Vector<Double>
  let least: Double
  let problem: TwiceDifferentiableConstrainedObjective

  init(
    _ number: Int, from start: Vector<Double>, least: Double,
    _ f: @escaping ([Variable]) -> Variable,
    bounds: [ClosedRange<Double>]? = nil, _ constraints: [Constraints] = []
  ) throws {
    self.number = number
    self.start = start
    self.least = least
    problem = try AutomaticFunction(f).subject(
      to: constraints,
      within: bounds.map {
        try Bounds(
          lower: Vector($0.map(\.lowerBound)),
          upper: Vector($0.map(\.upperBound)))
      })
  }

  private static let free = -Double.infinity...Double.infinity
  private static let positive = 0...Double.infinity

  static func all() throws -> [PublishedProgram] {
    try small() + medium() + large()
  }

  private static func small() throws -> [PublishedProgram] {
    try [
      PublishedProgram(
        6, from: [-1.2, 1], least: 0, { x in (1 - x[0]) * (1 - x[0]) },
        [
          .value(equalTo: 0) { x in 10 * (x[1] - x[0] * x[0]) }
        ]),
      PublishedProgram(
        7, from: [2, 2], least: -3.0.squareRoot(),
        { x in .log(1 + x[0] * x[0]) - x[1] },
        [
          .value(equalTo: 4) { x in
            let a = 1 + x[0] * x[0]
            return a * a + x[1] * x[1]
          }
        ]),
      PublishedProgram(
        10, from: [-10, 10], least: -1, { x in x[0] - x[1] },
        [
          .value(atLeast: -1) { x in
            -3 * x[0] * x[0] + 2 * x[0] * x[1] - x[1] * x[1]
          }
        ]),
      PublishedProgram(
        11, from: [4.9, 0.1], least: -8.498464223,
        { x in (x[0] - 5) * (x[0] - 5) + x[1] * x[1] - 25 },
        [
          .value(atLeast: 0) { x in x[1] - x[0] * x[0] }
        ]),
      PublishedProgram(
        12, from: [0, 0], least: -30,
        { x in
          0.5 * x[0] * x[0] + x[1] * x[1] - x[0] * x[1] - 7 * x[0] - 7 * x[1]
        },
        [.value(atLeast: -25) { x in -4 * x[0] * x[0] - x[1] * x[1] }]),
      PublishedProgram(
        14, from: [2, 2], least: 9 - 2.875 * 7.0.squareRoot(),
        { x in (x[0] - 2) * (x[0] - 2) + (x[1] - 1) * (x[1] - 1) },
        [
          .value(atLeast: -1) { x in -0.25 * x[0] * x[0] - x[1] * x[1] },
          .rows([[1, -2]], equalTo: [-1]),
        ]),
      PublishedProgram(
        15, from: [-2, 1], least: 306.5,
        { x in
          let a = x[1] - x[0] * x[0]
          return 100 * a * a + (1 - x[0]) * (1 - x[0])
        }, bounds: [-Double.infinity...0.5, free],
        [
          .value(atLeast: 1) { x in x[0] * x[1] },
          .value(atLeast: 0) { x in x[0] + x[1] * x[1] },
        ]),
      PublishedProgram(
        16, from: [-2, 1], least: 0.25,
        { x in
          let a = x[1] - x[0] * x[0]
          return 100 * a * a + (1 - x[0]) * (1 - x[0])
        }, bounds: [-2...0.5, -Double.infinity...1],
        [
          .values(atLeast: [0, 0]) { x in
            [x[0] + x[1] * x[1], x[0] * x[0] + x[1]]
          }
        ]),
      PublishedProgram(
        19, from: [20.1, 5.84], least: -6961.81381,
        { x in
          let (a, b) = (x[0] - 10, x[1] - 20)
          return a * a * a + b * b * b
        }, bounds: [13...100, 0...100],
        [
          .values(atLeast: [100, -82.81]) { x in
            let (a, b) = (x[0] - 5, x[1] - 5)
            return [
              a * a + b * b, -1 * b * b - (x[0] - 6) * (x[0] - 6),
            ]
          }
        ]),
      PublishedProgram(
        22, from: [2, 2], least: 1,
        { x in (x[0] - 2) * (x[0] - 2) + (x[1] - 1) * (x[1] - 1) },
        [
          .rows([[-1, -1]], atLeast: [-2]),
          .value(atLeast: 0) { x in x[1] - x[0] * x[0] },
        ]),
      PublishedProgram(
        23, from: [3, 1], least: 2, { x in x[0] * x[0] + x[1] * x[1] },
        bounds: [-50...50, -50...50],
        [
          .rows([[1, 1]], atLeast: [1]),
          .values(atLeast: [1, 9, 0, 0]) { x in
            [
              x[0] * x[0] + x[1] * x[1], 9 * x[0] * x[0] + x[1] * x[1],
              x[0] * x[0] - x[1], x[1] * x[1] - x[0],
            ]
          },
        ]),
      PublishedProgram(
        26, from: [-2.6, 2, 2], least: 0,
        { x in
          let (a, b) = (x[0] - x[1], x[1] - x[2])
          return a * a + b * b * b * b
        },
        [
          .value(equalTo: 3) { x in
            (1 + x[1] * x[1]) * x[0] + x[2] * x[2] * x[2] * x[2]
          }
        ]),
      PublishedProgram(
        27, from: [2, 2, 2], least: 0.04,
        { x in
          let (a, b) = (x[0] - 1, x[1] - x[0] * x[0])
          return 0.01 * a * a + b * b
        }, [.value(equalTo: -1) { x in x[0] + x[2] * x[2] }]),
      PublishedProgram(
        28, from: [-4, 1, 1], least: 0,
        { x in
          let (a, b) = (x[0] + x[1], x[1] + x[2])
          return a * a + b * b
        }, [.rows([[1, 2, 3]], equalTo: [1])]),
      PublishedProgram(
        29, from: [1, 1, 1], least: -16 * 2.0.squareRoot(),
        { x in -1 * x[0] * x[1] * x[2] },
        [
          .value(atLeast: -48) { x in
            -1 * x[0] * x[0] - 2 * x[1] * x[1] - 4 * x[2] * x[2]
          }
        ]),
      PublishedProgram(
        33, from: [0, 0, 3], least: 2.0.squareRoot() - 6,
        { x in (x[0] - 1) * (x[0] - 2) * (x[0] - 3) + x[2] },
        bounds: [positive, positive, 0...5],
        [
          .values(atLeast: [0, 4]) { x in
            let (a, b) = (x[0] * x[0], x[1] * x[1])
            return [x[2] * x[2] - b - a, a + b + x[2] * x[2]]
          }
        ]),
      PublishedProgram(
        35, from: [0.5, 0.5, 0.5], least: 1.0 / 9,
        { x in
          let q =
            2 * x[0] * x[0] + 2 * x[1] * x[1] + x[2] * x[2] + 2 * x[0] * x[1]
          return 9 - 8 * x[0] - 6 * x[1] - 4 * x[2] + q + 2 * x[0] * x[2]
        }, bounds: [positive, positive, positive],
        [.rows([[-1, -1, -2]], atLeast: [-3])]),
      PublishedProgram(
        39, from: [2, 2, 2, 2], least: -1, { x in -1 * x[0] },
        [
          .values(equalTo: [0, 0]) { x in
            [
              x[1] - x[0] * x[0] * x[0] - x[2] * x[2],
              x[0] * x[0] - x[1] - x[3] * x[3],
            ]
          }
        ]),
      PublishedProgram(
        40, from: [0.8, 0.8, 0.8, 0.8], least: -0.25,
        { x in -1 * x[0] * x[1] * x[2] * x[3] },
        [
          .values(equalTo: [1, 0, 0]) { x in
            [
              x[0] * x[0] * x[0] + x[1] * x[1],
              x[0] * x[0] * x[3] - x[2], x[3] * x[3] - x[1],
            ]
          }
        ]),
    ]
  }

  private static func medium() throws -> [PublishedProgram] {
    try [
      PublishedProgram(
        43, from: [0, 0, 0, 0], least: -44,
        { x in
          let a = x[0] * x[0] + x[1] * x[1] + 2 * x[2] * x[2] + x[3] * x[3]
          return a - 5 * x[0] - 5 * x[1] - 21 * x[2] + 7 * x[3]
        },
        [
          .values(atLeast: [-8, -10, -5]) { x in
            let a = -1 * x[0] * x[0] - x[1] * x[1] - x[2] * x[2]
            let b = -1 * x[0] * x[0] - 2 * x[1] * x[1] - x[2] * x[2]
            let c = -2 * x[0] * x[0] - x[1] * x[1] - x[2] * x[2]
            return [
              a - x[3] * x[3] - x[0] + x[1] - x[2] + x[3],
              b - 2 * x[3] * x[3] + x[0] + x[3],
              c - 2 * x[0] + x[1] + x[3],
            ]
          }
        ]),
      PublishedProgram(
        48, from: [3, 5, -3, 2, -2], least: 0,
        { x in
          let (a, b, c) = (x[0] - 1, x[1] - x[2], x[3] - x[4])
          return a * a + b * b + c * c
        },
        [
          .rows([[1, 1, 1, 1, 1], [0, 0, 1, -2, -2]], equalTo: [5, -3])
        ]),
      PublishedProgram(
        50, from: [35, -31, 11, 5, -5], least: 0,
        { x in
          let (a, b, c, d) = (
            x[0] - x[1], x[1] - x[2], x[2] - x[3], x[3] - x[4]
          )
          return a * a + b * b + c * c * c * c + d * d
        },
        [
          .rows(
            [[1, 2, 3, 0, 0], [0, 1, 2, 3, 0], [0, 0, 1, 2, 3]],
            equalTo: [6, 6, 6])
        ]),
      PublishedProgram(
        52, from: [2, 2, 2, 2, 2], least: 1859.0 / 349,
        { x in
          let (a, b, c, d) = (
            4 * x[0] - x[1], x[1] + x[2] - 2, x[3] - 1, x[4] - 1
          )
          return a * a + b * b + c * c + d * d
        },
        [
          .rows(
            [[1, 3, 0, 0, 0], [0, 0, 1, 1, -2], [0, 1, 0, 0, -1]],
            equalTo: [0, 0, 0])
        ]),
      PublishedProgram(
        63, from: [2, 2, 2], least: 961.7151721,
        { x in
          let a = 1000 - x[0] * x[0] - 2 * x[1] * x[1]
          return a - x[2] * x[2] - x[0] * x[1] - x[0] * x[2]
        }, bounds: [positive, positive, positive],
        [
          .rows([[8, 14, 7]], equalTo: [56]),
          .value(equalTo: 25) { x in
            x[0] * x[0] + x[1] * x[1] + x[2] * x[2]
          },
        ]),
      PublishedProgram(
        64, from: [1, 1, 1], least: 6299.842428,
        { x in
          5 * x[0] + 50000 / x[0] + 20 * x[1] + 72000 / x[1] + 10 * x[2]
            + 144000 / x[2]
        },
        bounds: [
          1e-5...Double.infinity, 1e-5...Double.infinity,
          1e-5...Double.infinity,
        ],
        [.value(atLeast: -1) { x in -4 / x[0] - 32 / x[1] - 120 / x[2] }]),
      PublishedProgram(
        65, from: [-5, 5, 0], least: 0.9535288567,
        { x in
          let (a, b, c) = (x[0] - x[1], x[0] + x[1] - 10, x[2] - 5)
          return a * a + b * b / 9 + c * c
        }, bounds: [-4.5...4.5, -4.5...4.5, -5...5],
        [
          .value(atLeast: -48) { x in
            -1 * x[0] * x[0] - x[1] * x[1] - x[2] * x[2]
          }
        ]),
      PublishedProgram(
        66, from: [0, 1.05, 2.9], least: 0.5181632741,
        { x in 0.2 * x[2] - 0.8 * x[0] }, bounds: [0...100, 0...100, 0...10],
        [
          .values(atLeast: [0, 0]) { x in
            [x[1] - .exp(x[0]), x[2] - .exp(x[1])]
          }
        ]),
      PublishedProgram(
        71, from: [1, 5, 5, 1], least: 17.0140173,
        { x in x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2] },
        bounds: [1...5, 1...5, 1...5, 1...5],
        [
          .value(atLeast: 25) { x in x[0] * x[1] * x[2] * x[3] },
          .value(equalTo: 40) { x in
            x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]
          },
        ]),
      PublishedProgram(
        72, from: [1, 1, 1, 1], least: 727.67937,
        { x in 1 + x[0] + x[1] + x[2] + x[3] },
        bounds: (1...4).map { 0.001...(5 - Double($0)) * 1e5 },
        [
          .values(atLeast: [-0.0401, -0.010085]) { x in
            let a = -4 / x[0] - 2.25 / x[1] - 1 / x[2] - 0.25 / x[3]
            let b = -0.16 / x[0] - 0.36 / x[1]
            return [a, b - 0.64 / x[2] - 0.64 / x[3]]
          }
        ]),
      PublishedProgram(
        76, from: [0.5, 0.5, 0.5, 0.5], least: -4.681818181,
        { x in
          let a = x[0] * x[0] + 0.5 * x[1] * x[1] + x[2] * x[2]
          let b = 0.5 * x[3] * x[3] - x[0] * x[2] + x[2] * x[3]
          return a + b - x[0] - 3 * x[1] + x[2] - x[3]
        }, bounds: [positive, positive, positive, positive],
        [
          .rows(
            [[-1, -2, -1, -1], [-3, -1, -2, 1], [0, 1, 4, 0]],
            atLeast: [-5, -4, 1.5])
        ]),
      PublishedProgram(
        77, from: [2, 2, 2, 2, 2], least: 0.24150513,
        { x in
          let (a, b, c) = (x[0] - 1, x[0] - x[1], x[2] - 1)
          let (d, e) = (x[3] - 1, x[4] - 1)
          return a * a + b * b + c * c + d * d * d * d
            + e * e * e * e * e * e
        },
        [
          .values(
            equalTo: [2 * 2.0.squareRoot(), 8 + 2.0.squareRoot()]
          ) { x in
            [
              x[0] * x[0] * x[3] + .sin(x[3] - x[4]),
              x[1] + x[2] * x[2] * x[2] * x[2] * x[3] * x[3],
            ]
          }
        ]),
      PublishedProgram(
        78, from: [-2, 1.5, 2, -1, -1], least: -2.91970041,
        { x in x[0] * x[1] * x[2] * x[3] * x[4] },
        [
          .values(equalTo: [10, 0, -1]) { x in
            let a = x[0] * x[0] + x[1] * x[1] + x[2] * x[2]
            return [
              a + x[3] * x[3] + x[4] * x[4], x[1] * x[2] - 5 * x[3] * x[4],
              x[0] * x[0] * x[0] + x[1] * x[1] * x[1],
            ]
          }
        ]),
      PublishedProgram(
        80, from: [-2, 2, 2, -1, -1], least: 0.0539498478,
        { x in .exp(x[0] * x[1] * x[2] * x[3] * x[4]) },
        bounds: [-2.3...2.3, -2.3...2.3, -3.2...3.2, -3.2...3.2, -3.2...3.2],
        [
          .values(equalTo: [10, 0, -1]) { x in
            let a = x[0] * x[0] + x[1] * x[1] + x[2] * x[2]
            return [
              a + x[3] * x[3] + x[4] * x[4], x[1] * x[2] - 5 * x[3] * x[4],
              x[0] * x[0] * x[0] + x[1] * x[1] * x[1],
            ]
          }
        ]),
    ]
  }

  private static func large() throws -> [PublishedProgram] {
    try [
      PublishedProgram(
        100, from: [1, 2, 0, 4, 0, 1, 1], least: 680.6300573,
        { x in
          let (a, b, c) = (x[0] - 10, x[1] - 12, x[3] - 11)
          let d = x[2] * x[2]
          let e = x[4] * x[4] * x[4]
          let g = x[6] * x[6]
          return a * a + 5 * b * b + d * d + 3 * c * c + 10 * e * e
            + 7 * x[5] * x[5] + g * g - 4 * x[5] * x[6] - 10 * x[5]
            - 8 * x[6]
        },
        [
          .values(atLeast: [-127, -282, -196, 0]) { x in
            let (a, b) = (x[0] * x[0], x[1] * x[1])
            return [
              -2 * a - 3 * b * b - x[2] - 4 * x[3] * x[3] - 5 * x[4],
              -7 * x[0] - 3 * x[1] - 10 * x[2] * x[2] - x[3] + x[4],
              -23 * x[0] - b - 6 * x[5] * x[5] + 8 * x[6],
              -4 * a - b + 3 * x[0] * x[1] - 2 * x[2] * x[2] - 5 * x[5]
                + 11 * x[6],
            ]
          }
        ]),
      PublishedProgram(
        104, from: [6, 3, 0.4, 0.2, 6, 6, 1, 0.5], least: 3.9511634396,
        { x in
          0.4 * .exp(0.67 * (.log(x[0]) - .log(x[6])))
            + 0.4 * .exp(0.67 * (.log(x[1]) - .log(x[7]))) + 10 - x[0] - x[1]
        }, bounds: Array(repeating: 0.1...10, count: 8),
        [
          .values(atLeast: [-1, -1, -1, -1]) { x in
            func p(_ v: Variable, _ e: Variable) -> Variable {
              .exp(e * .log(v))
            }
            let a = -4 * x[2] / x[4] - 2 * p(x[2], -0.71) / x[4]
            let b = -4 * x[3] / x[5] - 2 * p(x[3], -0.71) / x[5]
            return [
              -0.0588 * x[4] * x[6] - 0.1 * x[0],
              -0.0588 * x[5] * x[7] - 0.1 * x[0] - 0.1 * x[1],
              a - 0.0588 * p(x[2], -1.3) * x[6],
              b - 0.0588 * p(x[3], -1.3) * x[7],
            ]
          },
          .value(in: 0.1...4.2) { x in
            0.4 * .exp(0.67 * (.log(x[0]) - .log(x[6])))
              + 0.4 * .exp(0.67 * (.log(x[1]) - .log(x[7]))) + 10 - x[0]
              - x[1]
          },
        ]),
      PublishedProgram(
        106, from: [5000, 5000, 5000, 200, 350, 150, 225, 425],
        least: 7049.248, { x in x[0] + x[1] + x[2] },
        bounds: [100...10000, 1000...10000, 1000...10000]
          + Array(repeating: 10...1000, count: 5),
        [
          .rows(
            [
              [0, 0, 0, -0.0025, 0, -0.0025, 0, 0],
              [0, 0, 0, 0.0025, -0.0025, 0, -0.0025, 0],
              [0, 0, 0, 0, 0.01, 0, 0, -0.01],
            ], atLeast: [-1, -1, -1]),
          .values(atLeast: [-83333.333, 0, 1_250_000]) { x in
            [
              x[0] * x[5] - 833.33252 * x[3] - 100 * x[0],
              x[1] * x[6] - 1250 * x[4] - x[1] * x[3] + 1250 * x[3],
              x[2] * x[7] - x[2] * x[4] + 2500 * x[4],
            ]
          },
        ]),
      PublishedProgram(
        108, from: Vector(repeating: 1, count: 9), least: -0.8660254038,
        { x in
          let a = x[0] * x[3] - x[1] * x[2] + x[2] * x[8] - x[4] * x[8]
          return -0.5 * (a + x[4] * x[7] - x[5] * x[6])
        },
        bounds: Array(repeating: free, count: 8) + [positive],
        [
          .values(
            atLeast: [-1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0]
          ) { x in
            func square(_ a: Variable) -> Variable { a * a }
            return [
              -1 * square(x[2]) - square(x[3]), -1 * square(x[8]),
              -1 * square(x[4]) - square(x[5]),
              -1 * square(x[0]) - square(x[1] - x[8]),
              -1 * square(x[0] - x[4]) - square(x[1] - x[5]),
              -1 * square(x[0] - x[6]) - square(x[1] - x[7]),
              -1 * square(x[2] - x[4]) - square(x[3] - x[5]),
              -1 * square(x[2] - x[6]) - square(x[3] - x[7]),
              -1 * square(x[6]) - square(x[7] - x[8]),
              x[0] * x[3] - x[1] * x[2], x[2] * x[8],
              -1 * x[4] * x[8], x[4] * x[7] - x[5] * x[6],
            ]
          }
        ]),
      PublishedProgram(
        113, from: [2, 3, 5, 5, 1, 2, 7, 3, 6, 10], least: 24.3062091,
        { x in
          func square(_ a: Variable) -> Variable { a * a }
          let a = square(x[0]) + square(x[1]) + x[0] * x[1] - 14 * x[0]
          let b = square(x[2] - 10) + 4 * square(x[3] - 5) + square(x[4] - 3)
          let c = 2 * square(x[5] - 1) + 5 * square(x[6])
          let d = 7 * square(x[7] - 11) + 2 * square(x[8] - 10)
          return a - 16 * x[1] + b + c + d + square(x[9] - 7) + 45
        },
        [
          .values(
            atLeast: [-105, 0, -12, -120, -40, -30, 0, 0]
          ) { x in
            func square(_ a: Variable) -> Variable { a * a }
            let p = -3 * square(x[0] - 2) - 4 * square(x[1] - 3)
            let q = -0.5 * square(x[0] - 8) - 2 * square(x[1] - 4)
            return [
              -4 * x[0] - 5 * x[1] + 3 * x[6] - 9 * x[7],
              -10 * x[0] + 8 * x[1] + 17 * x[6] - 2 * x[7],
              8 * x[0] - 2 * x[1] - 5 * x[8] + 2 * x[9],
              p - 2 * square(x[2]) + 7 * x[3],
              -5 * square(x[0]) - 8 * x[1] - square(x[2] - 6) + 2 * x[3],
              q - 3 * square(x[4]) + x[5],
              -1 * square(x[0]) - 2 * square(x[1] - 2) + 2 * x[0] * x[1]
                - 14 * x[4] + 6 * x[5],
              3 * x[0] - 6 * x[1] - 12 * square(x[8] - 8) + 7 * x[9],
            ]
          }
        ]),
    ]
  }
}
