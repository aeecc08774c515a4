// SPDX-License-Identifier: MIT
// std::format of vectors and masks, on every target; skipped where the standard library has no std::format.
#define LANEWISE_KERNEL_FILE "simd/format.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/format.hpp>

#include "support/per_target.hpp"

#ifdef __cpp_lib_format

LANEWISE_BEGIN_KERNEL_FILE(format_tests)

void format() {
  const lw::simd<float, 4> v{1.0f, 2.5f, -3.0f, 4.0f};
  CHECK(std::format("{}", v) == "{1, 2.5, -3, 4}");
  CHECK(std::format("{:.1f}", v) == "{1.0, 2.5, -3.0, 4.0}");
  CHECK(std::format("{:>5}", v) == "{    1,   2.5,    -3,     4}");
  CHECK(std::format(L"{}", v) == L"{1, 2.5, -3, 4}");
  CHECK(std::format("{:#04x}", lw::simd<std::uint8_t, 2>{65, 255}) == "{0x41, 0xff}");
  CHECK(std::format("{}", lw::simd<std::int8_t, 2>{65, -1}) == "{65, -1}");
  CHECK(std::format("{:.2e}", lw::simd<double, 1>(0.5)) == "{5.00e-01}");
  CHECK(std::format("{}", lw::simd<lanewise::float16, 2>{0.5f, -1.0f}) == "{0.5, -1}");
  CHECK(std::format("{}", lw::simd<std::int32_t, 16>::iota()) ==
        "{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}");
  CHECK(std::format("{} of {}", v < lw::simd<float, 4>(2.5f), 4) == "{1, 0, 1, 0} of 4");
  CHECK(std::format("{:{}}", lw::mask<double, 2>{}, 2) == "{ 0,  0}");
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace format_tests {
LANEWISE_TEST_PER_TARGET(format, "vectors and masks are formatted as lists");
}  // namespace format_tests
#endif

#elif LANEWISE_ONCE

TEST_CASE("vectors and masks are formatted as lists") { SKIP("this standard library has no std::format"); }

#endif
