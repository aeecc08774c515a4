// SPDX-License-Identifier: MIT
// sigmoid, silu, softplus, on every target.
#define LANEWISE_KERNEL_FILE "simd/math/activation.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/activation.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_activation_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void sigmoid() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::sigmoid(x); };
    check_error<T>("sigmoid", f, reference::sigmoid, lanewise::max_ulp::sigmoid.of<T>(), between(-105, 20),
                   between(-747, 40), between(-2, 2), around(-87.3), around(-708.4));
    check_specials<T>("sigmoid", f,
                      {{0, 0.5}, {-0.0, 0.5}, {infinity, 1}, {-infinity, 0}, {not_a_number, not_a_number}});
  });
}

void silu() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::silu(x); };
    check_error<T>("silu", f, reference::silu, lanewise::max_ulp::silu.of<T>(), between(-110, 20), between(-755, 40),
                   between(-2, 2), around(-91.9), around(-715));
    check_specials<T>("silu", f,
                      {{0, 0}, {-0.0, -0.0}, {infinity, infinity}, {-infinity, -0.0}, {not_a_number, not_a_number}});
  });
}

void softplus() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::softplus(x); };
    check_error<T>("softplus", f, reference::softplus, lanewise::max_ulp::softplus.of<T>(), between(-105, 105),
                   between(-747, 740), between(-2, 2), around(-0.693), around(0.693), around(-87.3));
    check_specials<T>("softplus", f,
                      {{infinity, infinity}, {-infinity, 0}, {1000, 1000}, {-1000, 0}, {not_a_number, not_a_number}});
  });
}

void fast() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    check_error<T>(
        "fast::sigmoid", [](auto x) LANEWISE_ATTR { return lw::fast::sigmoid(x); }, reference::sigmoid,
        lanewise::max_ulp::fast::sigmoid.of<T>(), between(-105, 20), between(-747, 40), between(-16.8, -16.6),
        between(-36.8, -36.7));
    check_error<T>(
        "fast::silu", [](auto x) LANEWISE_ATTR { return lw::fast::silu(x); }, reference::silu,
        lanewise::max_ulp::fast::silu.of<T>(), between(-110, 20), between(-755, 40), between(-16.8, -16.6),
        between(-36.8, -36.7));
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_activation_tests {
LANEWISE_TEST_PER_TARGET(sigmoid, "sigmoid");
LANEWISE_TEST_PER_TARGET(silu, "silu");
LANEWISE_TEST_PER_TARGET(softplus, "softplus");
LANEWISE_TEST_PER_TARGET(fast, "fast::sigmoid, fast::silu");
}  // namespace math_activation_tests
#endif
