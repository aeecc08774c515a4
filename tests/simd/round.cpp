// SPDX-License-Identifier: MIT
// floor, ceil, trunc, round and nearbyint, on every target, against the C library.
#define LANEWISE_KERNEL_FILE "simd/round.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/round.hpp>

#include <cmath>
#include <vector>

#include "support/per_target.hpp"
#include "support/sweep.hpp"

LANEWISE_BEGIN_KERNEL_FILE(round_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

/// Halves and their neighbours, around every power of two up to where all numbers are whole, of both signs.
template <class T>
std::vector<T> inputs() {
  const auto& random = operands_of<T>();
  std::vector<T> x = random.a;
  const auto add = [&](T value) {
    for (T near : {value, std::nextafter(value, T(0)), std::nextafter(value, std::numeric_limits<T>::max())}) {
      x.push_back(near);
      x.push_back(-near);
    }
  };
  for (int half = 0; half < 12; ++half) add(static_cast<T>(half) / 2);
  for (int power = 3; power < 66; ++power) {
    for (T offset : {T(-1), T(-0.5), T(-0.25), T(0), T(0.25), T(0.5), T(1)}) add(std::ldexp(T(1), power) + offset);
  }
  while (x.size() % sweep != 0) x.push_back(T(-0.0));
  return x;
}

void to_whole_numbers() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const std::vector<T> x = inputs<T>();
    const auto check = [&](std::string_view name, auto f, T (*reference)(T)) LANEWISE_ATTR {
      std::vector<T> want;
      for (T each : x) want.push_back(reference(each));
      for_each_width<T>([&]<std::size_t N>() LANEWISE_ATTR {
        std::vector<T> got(x.size());
        for (std::size_t i = 0; i < x.size(); i += N) f(lw::simd<T, N>::load(&x[i])).store(&got[i]);
        expect_same<T>(name, name_of<T>(), N, got, want);
      });
    };
    check(
        "floor", [](auto a) LANEWISE_ATTR { return lw::floor(a); }, [](T a) { return std::floor(a); });
    check(
        "ceil", [](auto a) LANEWISE_ATTR { return lw::ceil(a); }, [](T a) { return std::ceil(a); });
    check(
        "trunc", [](auto a) LANEWISE_ATTR { return lw::trunc(a); }, [](T a) { return std::trunc(a); });
    check(
        "round", [](auto a) LANEWISE_ATTR { return lw::round(a); }, [](T a) { return std::round(a); });
    check(
        "nearbyint", [](auto a) LANEWISE_ATTR { return lw::nearbyint(a); }, [](T a) { return std::nearbyint(a); });
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace round_tests {
LANEWISE_TEST_PER_TARGET(to_whole_numbers, "floor, ceil, trunc, round and nearbyint");
}  // namespace round_tests
#endif
