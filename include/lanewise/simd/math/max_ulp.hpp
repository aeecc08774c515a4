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

// error_function.hpp
inline constexpr per_type erf{1, 1};
inline constexpr per_type erfc{1, 1};
inline constexpr per_type gelu{1, 1};

// gamma.hpp
inline constexpr per_type tgamma{1, 4};
inline constexpr per_type lgamma{1, 4};

// inverse_hyperbolic.hpp
inline constexpr per_type asinh{1.03, 0.97};
inline constexpr per_type acosh{0.99, 0.93};
inline constexpr per_type atanh{0.97, 0.9};

// log.hpp
inline constexpr per_type log{0.97, 0.9};
inline constexpr per_type log2{0.97, 0.98};
inline constexpr per_type log10{0.96, 0.95};
inline constexpr per_type log1p{0.97, 0.95};

// pow.hpp
inline constexpr per_type pow{0.54, 0.97};
inline constexpr per_type cbrt{0.75, 0.75};
inline constexpr per_type hypot{0.7, 0.7};

}  // namespace lanewise::max_ulp
