// SPDX-License-Identifier: MIT
#pragma once
// The maximum error of each math function in units in the last place (ULP), over its whole domain and on every target.
// The tests read these.

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

// inverse_trigonometric.hpp
inline constexpr per_type asin{1.0, 1.0};
inline constexpr per_type acos{1.0, 1.0};
inline constexpr per_type atan{1.0, 1.1};
inline constexpr per_type atan2{1.0, 1.1};

// log.hpp
inline constexpr per_type log{0.9, 0.9};
inline constexpr per_type log2{0.9, 0.9};
inline constexpr per_type log10{0.9, 0.9};
inline constexpr per_type log1p{0.9, 0.9};

// error_function.hpp
inline constexpr per_type erf{1, 1};
inline constexpr per_type erfc{1, 1};
inline constexpr per_type gelu{1, 1};

// gamma.hpp
inline constexpr per_type tgamma{1, 4};
inline constexpr per_type lgamma{1, 4};

// trigonometric.hpp
inline constexpr per_type sin{0.9, 1.0};
inline constexpr per_type cos{0.9, 1.0};
inline constexpr per_type tan{1.0, 1.5};
inline constexpr per_type sinpi{1.0, 1.1};
inline constexpr per_type cospi{1.0, 1.0};

namespace fast {

// inverse_trigonometric.hpp
inline constexpr per_type asin{2.5, 2.5};
inline constexpr per_type atan{2.5, 2.5};

// trigonometric.hpp
inline constexpr per_type sin{2.5, 2.5};
inline constexpr per_type cos{2.5, 2.5};

}  // namespace fast

}  // namespace lanewise::max_ulp
