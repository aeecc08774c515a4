// SPDX-License-Identifier: MIT
// frexp, ldexp and fmod, on every target, against the C library, which is exact.
#define LANEWISE_KERNEL_FILE "simd/math/parts.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/math/parts.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "support/per_target.hpp"
#include "support/sweep.hpp"

LANEWISE_BEGIN_KERNEL_FILE(math_parts_tests)

using namespace lanewise_tests;
using namespace lanewise_tests::HWY_NAMESPACE;

void frexp() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto& [x, y, z] = operands_of<T>();
    std::vector<T> want(sweep);
    std::vector<std::int32_t> want_exponent(sweep);
    for (std::size_t i = 0; i < sweep; ++i) {
      int exponent = 0;
      want[i] = std::frexp(x[i], &exponent);
      want_exponent[i] = std::isfinite(x[i]) ? exponent : 0;
    }
    for_each_width<T>([&]<std::size_t N>() LANEWISE_ATTR {
      std::vector<T> got(sweep);
      std::vector<std::int32_t> exponent(sweep);
      for (std::size_t i = 0; i < sweep; i += N) {
        const auto parts = lw::frexp(lw::simd<T, N>::load(&x[i]));
        parts.significand.store(&got[i]);
        parts.exponent.store(&exponent[i]);
      }
      expect_same<T>("frexp", name_of<T>(), N, got, want);
      expect_same<std::int32_t>("frexp", name_of<T>(), N, exponent, want_exponent);
    });
  });
}

void ldexp() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    const auto& [x, y, z] = operands_of<T>();
    std::mt19937_64 random(seed);
    std::vector<T> want(sweep);
    std::vector<std::int32_t> n(sweep);
    for (std::size_t i = 0; i < sweep; ++i) {
      n[i] = static_cast<std::int32_t>(random());
      if (i % 8 != 0) n[i] %= sizeof(T) == 4 ? 300 : 2200;
      if (i % 64 == 0) n[i] = i % 128 == 0 ? std::numeric_limits<int>::max() : std::numeric_limits<int>::min();
      want[i] = std::ldexp(x[i], n[i]);
    }
    for_each_width<T>([&]<std::size_t N>() LANEWISE_ATTR {
      std::vector<T> got(sweep);
      for (std::size_t i = 0; i < sweep; i += N) {
        lw::ldexp(lw::simd<T, N>::load(&x[i]), lw::simd<std::int32_t, N>::load(&n[i])).store(&got[i]);
      }
      expect_same<T>("ldexp", name_of<T>(), N, got, want);
    });
    // One and a half of the smallest subnormal, from a number of full precision: two roundings would give one.
    const T least = std::numeric_limits<T>::denorm_min();
    const T x1 = T(1.5) + std::numeric_limits<T>::epsilon();
    const int down = std::ilogb(least);
    CHECK(lw::ldexp(lw::simd<T, 1>(x1), down)[0] == 2 * least);
    CHECK(lw::ldexp(lw::simd<T, 1>(T(1.5) - std::numeric_limits<T>::epsilon()), down)[0] == least);
  });
}

void fmod() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    std::vector<T> x = operands_of<T>().a, y = operands_of<T>().b, want(sweep);
    std::mt19937_64 random(seed);
    for (std::size_t i = sweep / 2; i < sweep; ++i) {  // any exponents
      using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
      x[i] = std::bit_cast<T>(static_cast<bits>(random()));
      y[i] = std::bit_cast<T>(static_cast<bits>(random()));
    }
    x[sweep - 1] = std::numeric_limits<T>::max();
    y[sweep - 1] = 3;
    x[sweep - 2] = std::numeric_limits<T>::lowest();
    y[sweep - 2] = std::numeric_limits<T>::denorm_min() * 3;
    for (std::size_t i = 0; i < sweep; ++i) want[i] = std::fmod(x[i], y[i]);
    for_each_width<T>([&]<std::size_t N>() LANEWISE_ATTR {
      std::vector<T> got(sweep);
      for (std::size_t i = 0; i < sweep; i += N) {
        lw::fmod(lw::simd<T, N>::load(&x[i]), lw::simd<T, N>::load(&y[i])).store(&got[i]);
      }
      expect_same<T>("fmod", name_of<T>(), N, got, want);
    });
  });
}

void fast_fmod() {
  for_each_type(math_types(), []<class T>() LANEWISE_ATTR {
    std::vector<T> x(sweep), y(sweep), want(sweep), other(sweep);
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<T> large(-1000, 1000), small(T(0.1), 10);
    for (std::size_t i = 0; i < sweep; ++i) {
      y[i] = i % 3 == 0 ? -small(random) : small(random);
      x[i] = large(random);
      if (i % 2 == 0) {  // a multiple of y, rounded, or next to it
        x[i] = std::trunc(x[i]) * y[i];
        if (i % 4 == 0) x[i] = std::nextafter(x[i], T(0));
      }
      const T exact = std::fmod(x[i], y[i]);
      want[i] = exact;
      other[i] = exact - std::copysign(y[i], x[i]);
    }
    for_each_width<T>([&]<std::size_t N>() LANEWISE_ATTR {
      std::vector<T> got(sweep);
      std::size_t wrong = 0, of_other_sign = 0;
      for (std::size_t i = 0; i < sweep; i += N) {
        lw::fast::fmod(lw::simd<T, N>::load(&x[i]), lw::simd<T, N>::load(&y[i])).store(&got[i]);
      }
      for (std::size_t i = 0; i < sweep; ++i) {
        const T quotient = x[i] / y[i];
        const bool rounded_up = quotient == std::trunc(quotient) && want[i] != 0;
        of_other_sign += rounded_up && got[i] == other[i];
        wrong += !(got[i] == want[i] || (rounded_up && got[i] == other[i]));
      }
      INFO("fast::fmod, " << name_of<T>() << ", N = " << N);
      CHECK(wrong == 0);
      CHECK((of_other_sign > 0) == (HWY_NATIVE_FMA != 0));
    });
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace math_parts_tests {
LANEWISE_TEST_PER_TARGET(frexp, "frexp");
LANEWISE_TEST_PER_TARGET(ldexp, "ldexp");
LANEWISE_TEST_PER_TARGET(fmod, "fmod");
LANEWISE_TEST_PER_TARGET(fast_fmod, "fast::fmod");
}  // namespace math_parts_tests
#endif
