// SPDX-License-Identifier: MIT
#pragma once
// The maximum error of each math function in units in the last place (ULP), over its whole domain and on every target.
// The tests read these. By header, in alphabetical order.

namespace lanewise::max_ulp {

struct per_type {
  double f32, f64;
  template <class T>
  constexpr double of() const {
    return sizeof(T) == 4 ? f32 : f64;
  }
};

// activation.hpp
inline constexpr per_type sigmoid{0.85, 0.85};
inline constexpr per_type silu{0.9, 0.9};
inline constexpr per_type softplus{0.9, 0.9};

// arithmetic.hpp
inline constexpr per_type sqrt{0.5, 0.5};

// error_function.hpp
inline constexpr per_type erf{1, 1};
inline constexpr per_type erfc{1, 1};
inline constexpr per_type gelu{1, 1};

// exp.hpp
inline constexpr per_type exp{0.92, 0.92};
inline constexpr per_type exp2{0.9, 0.9};
inline constexpr per_type exp10{1.0, 1.0};
inline constexpr per_type expm1{0.97, 1.0};

// gamma.hpp
inline constexpr per_type tgamma{0.85, 4};
inline constexpr per_type lgamma{1, 4};

// hyperbolic.hpp
inline constexpr per_type sinh{1.0, 1.0};
inline constexpr per_type cosh{1.0, 1.0};
inline constexpr per_type tanh{0.97, 1.0};

// inverse_hyperbolic.hpp
inline constexpr per_type asinh{0.99, 0.97};
inline constexpr per_type acosh{1.0, 0.93};
inline constexpr per_type atanh{1.0, 0.9};

// inverse_trigonometric.hpp
inline constexpr per_type asin{0.8, 0.9};
inline constexpr per_type acos{0.8, 0.9};
inline constexpr per_type atan{0.95, 0.95};
inline constexpr per_type atan2{0.97, 0.95};

// log.hpp
inline constexpr per_type log{0.97, 0.9};
inline constexpr per_type log2{1.0, 1.0};
inline constexpr per_type log10{1.0, 1.0};
inline constexpr per_type log1p{0.97, 1.0};

// pow.hpp
inline constexpr per_type pow{0.54, 0.97};
inline constexpr per_type cbrt{0.75, 0.75};
inline constexpr per_type hypot{0.7, 0.7};

// trigonometric.hpp
inline constexpr per_type sin{0.9, 0.95};
inline constexpr per_type cos{0.9, 0.95};
inline constexpr per_type tan{0.9, 1.0};
inline constexpr per_type sinpi{1.0, 1.0};
inline constexpr per_type cospi{1.0, 1.0};

/// Of the functions in lanewise::fast, over the range that each one states.
namespace fast {

inline constexpr per_type sigmoid{2.5, 2.55};
inline constexpr per_type silu{2.5, 2.55};

inline constexpr per_type sinh{1.3, 1.6};

inline constexpr per_type asin{2.35, 2.35};
inline constexpr per_type acos{1.25, 1.25};
inline constexpr per_type atan2{1.5, 1.5};

inline constexpr per_type hypot{1.21, 1.21};

inline constexpr per_type sin{1.9, 2.1};
inline constexpr per_type cos{1.9, 2.1};
inline constexpr per_type tan{2.55, 2.55};

}  // namespace fast

}  // namespace lanewise::max_ulp
