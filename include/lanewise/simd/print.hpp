// SPDX-License-Identifier: MIT
// operator<< for simd and mask: {1, 2, 3, 4}. Opt-in, as it includes <ostream>.

#include <ostream>

#include "lanewise/simd/simd.hpp"

#if defined(LANEWISE_SIMD_PRINT_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_PRINT_HPP
#undef LANEWISE_SIMD_PRINT_HPP
#else
#define LANEWISE_SIMD_PRINT_HPP
#endif

LANEWISE_BEGIN_TARGET

namespace impl {

template <class Lane>
void print_lanes(std::ostream& out, std::size_t n, Lane lane) {
  out << '{';
  for (std::size_t i = 0; i < n; ++i) {
    if (i != 0) out << ", ";
    out << +lane(i);  // + prints 8-bit integers as numbers
  }
  out << '}';
}

}  // namespace impl

/// {1, 2.5, -3, 4}
template <element T, std::size_t N>
std::ostream& operator<<(std::ostream& out, const simd<T, N>& v) {
  impl::print_lanes(out, N, [&](std::size_t i) LANEWISE_ATTR { return v[i]; });
  return out;
}

/// {1, 0, 0, 1}
template <element T, std::size_t N>
std::ostream& operator<<(std::ostream& out, const mask<T, N>& m) {
  impl::print_lanes(out, N, [&](std::size_t i) LANEWISE_ATTR { return m[i]; });
  return out;
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_PRINT_HPP
