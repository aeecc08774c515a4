// SPDX-License-Identifier: MIT
// sqrt, on every target: correctly rounded. The shortest example of a math function's test.
#define LANEWISE_KERNEL_FILE "simd/math/sqrt.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/arithmetic.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_sqrt_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void sqrt() {
  for_each_type(float_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::sqrt(x); };
    check_error<T>("sqrt", f, reference::sqrt, lanewise::max_ulp::sqrt.of<T>(), between(0, 4), around(0.25));
    check_specials<T>("sqrt", f,
                      {{0, 0}, {-0.0, -0.0}, {-1, not_a_number}, {infinity, infinity}, {-infinity, not_a_number}});
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_sqrt_tests {
LANEWISE_TEST_PER_TARGET(sqrt, "sqrt");
}
#endif
