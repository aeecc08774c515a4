// SPDX-License-Identifier: MIT
#pragma once
// The maximum error of each math function in units in the last place (ULP), over its whole domain and on every target.
// The tests read these.

namespace lanewise::max_ulp {

struct per_type {
  double f32, f64;
  template <class T>
  constexpr double of() const {
    return sizeof(T) == 4 ? f32 : f64;
  }
};

// arithmetic.hpp
inline constexpr per_type sqrt{0.5, 0.5};

// exp.hpp
inline constexpr per_type exp{0.92, 0.92};
inline constexpr per_type exp2{0.9, 0.9};
inline constexpr per_type exp10{1.0, 1.0};
inline constexpr per_type expm1{0.93, 0.96};

// hyperbolic.hpp
inline constexpr per_type sinh{0.8, 0.81};
inline constexpr per_type cosh{0.96, 0.96};
inline constexpr per_type tanh{0.95, 0.95};

// activation.hpp
inline constexpr per_type sigmoid{0.8, 0.8};
inline constexpr per_type silu{0.83, 0.83};
inline constexpr per_type softplus{0.83, 0.85};
namespace fast {
inline constexpr per_type sigmoid{2.4, 2.4};
inline constexpr per_type silu{2.8, 2.8};
}  // namespace fast

}  // namespace lanewise::max_ulp
