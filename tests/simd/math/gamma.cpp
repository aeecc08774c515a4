// SPDX-License-Identifier: MIT
// tgamma and lgamma, on every target.
#define LANEWISE_KERNEL_FILE "simd/math/gamma.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/gamma.hpp>

#include <cmath>
#include <vector>

#include "support/per_target.hpp"
#include "support/sweep.hpp"
#include "support/ulp.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_gamma_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void tgamma() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto f = [](auto x) LANEWISE_ATTR { return lw::tgamma(x); };
    check_error<T>("tgamma", f, reference::tgamma, lanewise::max_ulp::tgamma.of<T>(), between(-43, 36),
                   between(-186, 172), between(-1, 4), around(35.04), around(171.62), around(0.5), around(4),
                   around(-4), around(11.0 / 12), around(-11.0 / 12), around(0x1p-30), around(-41));
    check_specials<T>("tgamma", f,
                      {{0, infinity},
                       {-0.0, -infinity},
                       {1, 1},
                       {2, 1},
                       {-1, not_a_number},
                       {-170, not_a_number},
                       {-1e30, not_a_number},
                       {infinity, infinity},
                       {-infinity, not_a_number},
                       {1000, infinity},
                       {not_a_number, not_a_number}});
  });
  float factorial = 1;
  for (int n = 1; n <= 14; factorial *= static_cast<float>(n++)) {
    CHECK(lw::tgamma(lw::simd<float>(static_cast<float>(n)))[0] == factorial);
  }
}

void lgamma() {
  const auto f = [](auto x) LANEWISE_ATTR { return lw::lgamma(x); };
  check_error<float>("lgamma", f, reference::lgamma, lanewise::max_ulp::lgamma.f32, between(-30, 30), between(-3, 4),
                     around(-2.457), around(-2.747), around(1), around(2));
  check_error_within<double>("lgamma", f, reference::lgamma, lanewise::max_ulp::lgamma.f64, between(0, 5),
                             between(0, 200), between(0, 1e10), between(0.5, 1.7e308), around(1), around(2), around(4),
                             around(0.5), around(2.559983e305));
  for_each_type(math_types(), [&]<class T>() LANEWISE_ATTR {
    check_specials<T>("lgamma", f,
                      {{0, infinity},
                       {-0.0, infinity},
                       {1, 0},
                       {2, 0},
                       {-1, infinity},
                       {-1e30, infinity},
                       {infinity, infinity},
                       {-infinity, infinity},
                       {not_a_number, not_a_number}});
  });
}

/// The bound of f64 where the result crosses zero: in units of the last place of the largest of the terms.
void lgamma_of_negative_numbers() {
  using v = lw::simd<double>;
  double worst = 0;
  for (double x = -40; x < 0; x += 0x1.234p-10) {
    const auto want = reference::lgamma(x);
    if (std::isinf(want.nearest)) continue;
    const double got = lw::lgamma(v(x))[0];
    const double scale = std::fmax(1, std::fmax(std::abs(want.nearest), std::lgamma(-x)));
    const double exact_less_got = (want.nearest - got) + want.rest * want.ulp;
    worst = std::fmax(worst, std::abs(exact_less_got) / std::ldexp(1.0, std::ilogb(scale) - 52));
  }
  CHECK(worst <= lanewise::max_ulp::lgamma.f64);
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_gamma_tests {
LANEWISE_TEST_PER_TARGET(tgamma, "tgamma");
LANEWISE_TEST_PER_TARGET(lgamma, "lgamma");
LANEWISE_TEST_PER_TARGET(lgamma_of_negative_numbers, "lgamma of negative numbers");
}  // namespace math_gamma_tests
#endif
