// SPDX-License-Identifier: MIT
// Printing of vectors and masks, on every target.
#define LANEWISE_KERNEL_FILE "simd/print.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/print.hpp>

#include "support/per_target.hpp"

#include <sstream>

LANEWISE_BEGIN_KERNEL_FILE(print_tests)

template <class V>
std::string printed(const V& v) {
  std::ostringstream out;
  out << v;
  return out.str();
}

void print() {
  CHECK(printed(lw::simd<float, 4>{1.0f, 2.5f, -3.0f, 4.0f}) == "{1, 2.5, -3, 4}");
  CHECK(printed(lw::simd<std::int8_t, 2>{65, -1}) == "{65, -1}");
  CHECK(printed(lw::simd<std::uint8_t, 2>{65, 255}) == "{65, 255}");
  CHECK(printed(lw::simd<std::uint64_t, 1>(18446744073709551615u)) == "{18446744073709551615}");
  CHECK(printed(lw::simd<double, 1>(0.5)) == "{0.5}");
  CHECK(printed(lw::simd<std::int32_t, 16>::iota()) == "{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}");
  CHECK(printed(lw::simd<float, 4>{1.0f, 2.0f, 3.0f, 0.0f} < lw::simd<float, 4>(2.5f)) == "{1, 1, 0, 1}");
  CHECK(printed(lw::mask<double, 2>{}) == "{0, 0}");
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace print_tests {
LANEWISE_TEST_PER_TARGET(print, "vectors and masks are printed as lists");
}  // namespace print_tests
#endif
