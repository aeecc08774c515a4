// SPDX-License-Identifier: MIT
// erf, erfc and gelu, on every target.
#define LANEWISE_KERNEL_FILE "simd/math/error_function.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/error_function.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_error_function_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void erf() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::erf(x); };
    check_error<T>("erf", f, reference::erf, lanewise::max_ulp::erf.of<T>(), between(-6, 6), between(0.2, 0.6),
                   between(-0.03, 0.03), around(3.92), around(5.9), around(5.93));
    check_specials<T>("erf", f,
                      {{0, 0}, {-0.0, -0.0}, {infinity, 1}, {-infinity, -1}, {7, 1}, {not_a_number, not_a_number}});
  });
}

void erfc() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::erfc(x); };
    check_error<T>("erfc", f, reference::erfc, lanewise::max_ulp::erfc.of<T>(), between(-6, 11), between(-6, 28),
                   between(-0.01, 0.5), between(8, 9.25), around(9.25), around(10.05), around(27.226), around(-4),
                   around(10.1875));
    check_specials<T>("erfc", f,
                      {{0, 1}, {-0.0, 1}, {infinity, 0}, {-infinity, 2}, {30, 0}, {not_a_number, not_a_number}});
  });
}

void gelu() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::gelu(x); };
    check_error<T>("gelu", f, reference::gelu, lanewise::max_ulp::gelu.of<T>(), between(-15, 10), between(-39, 0),
                   between(-1, 1), between(-0.001, 0.001), around(-14.3), around(-38.6), around(14.5), around(38.75),
                   around(5.46875), around(-14.51));
    check_specials<T>(
        "gelu", f,
        {{0, 0}, {-0.0, -0.0}, {infinity, infinity}, {-infinity, -0.0}, {100, 100}, {not_a_number, not_a_number}});
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_error_function_tests {
LANEWISE_TEST_PER_TARGET(erf, "erf");
LANEWISE_TEST_PER_TARGET(erfc, "erfc");
LANEWISE_TEST_PER_TARGET(gelu, "gelu");
}  // namespace math_error_function_tests
#endif
