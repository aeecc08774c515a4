// SPDX-License-Identifier: MIT
// divisor<T> against division on one element, on every target: 8 bits in full, 16 bits every dividend for some
// divisors, the others at their edges and at random.
#define LANEWISE_KERNEL_FILE "simd/divisor.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/divisor.hpp>

#include "support/integer_division.hpp"
#include "support/per_target.hpp"
#include "support/sweep.hpp"

#ifndef LANEWISE_TESTS_DIVISOR_REFERENCE
#define LANEWISE_TESTS_DIVISOR_REFERENCE
namespace divisor_tests {

using namespace lanewise_tests;

/// All of 8 bits; the edges, powers of two and their neighbours, and random ones of every length of the others.
template <class T>
std::vector<T> divisors() {
  std::vector<T> all = edge_values<T>();
  if constexpr (sizeof(T) == 1) {
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<T>(i));
    return all;
  }
  std::mt19937_64 random(seed);
  for (std::size_t bit = 0; bit < 8 * sizeof(T); ++bit) {
    const std::uint64_t power = std::uint64_t{1} << bit;
    for (std::uint64_t x : {power - 1, power, power + 1, 3 * power, std::uint64_t{0} - power, ~power}) {
      all.push_back(static_cast<T>(x));
    }
    for (int i = 0; i < 4; ++i) all.push_back(static_cast<T>(random_value<T>(random) >> bit));
  }
  return all;
}

/// Dividends for a divisor, 1024 or all of 8 bits.
template <class T>
std::vector<T> dividends(T d) {
  std::vector<T> all;
  if constexpr (sizeof(T) == 1) {
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<T>(i));
  } else {
    static std::mt19937_64 random(seed);
    all = edge_values<T>();
    using limits = std::numeric_limits<T>;
    const std::uint64_t step = static_cast<std::uint64_t>(d);
    for (T end : {limits::max(), limits::min(), T(0)}) {
      for (std::uint64_t multiple : {std::uint64_t{0}, step, 2 * step}) {
        const std::uint64_t x = static_cast<std::uint64_t>(end) - static_cast<std::uint64_t>(remainder_of(end, d));
        for (std::uint64_t near : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}})
          all.push_back(static_cast<T>(x - multiple + near));
      }
    }
    while (all.size() < 256) {
      const T x = static_cast<T>(random_value<T>(random) >> (random() % (8 * sizeof(T))));
      const std::uint64_t multiple = static_cast<std::uint64_t>(divided(x, d)) * step;
      for (T y : {x, static_cast<T>(multiple), static_cast<T>(multiple - 1)}) all.push_back(y);
    }
    all.resize(256);
  }
  return all;
}

/// The results for one divisor, compared.
template <class T>
bool expect_quotients(std::size_t lanes, T d, const std::vector<T>& a, const std::vector<T>& quotients,
                      const std::vector<T>& remainders) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (quotients[i] == divided(a[i], d) && remainders[i] == remainder_of(a[i], d)) continue;
    FAIL_CHECK("simd<" << name_of<T>() << ", " << lanes << ">: " << text(a[i]) << " by divisor " << text(d) << " is "
                       << text(quotients[i]) << ", remainder " << text(remainders[i]) << ", seed " << seed);
    return false;
  }
  return true;
}

}  // namespace divisor_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(divisor_tests)

using lanewise_tests::HWY_NAMESPACE::for_each_type;

template <class T, std::size_t N>
bool check(T d, const std::vector<T>& a) {
  std::vector<T> quotients(a.size()), remainders(a.size());
  const lw::divisor<T> by(d);
  for (std::size_t i = 0; i < a.size(); i += N) {
    auto v = lw::simd<T, N>::load(&a[i]);
    (v / by).store(&quotients[i]);
    v %= by;
    v.store(&remainders[i]);
  }
  return by.value() == d && expect_quotients(N, d, a, quotients, remainders);
}

void every_type() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR {
    constexpr std::size_t native = lw::native_width<T>;
    bool good = true;
    for (T d : divisors<T>()) {
      const std::vector<T> a = dividends(d);
      good = good && check<T, 1>(d, a) && check<T, native>(d, a) && check<T, 2 * native>(d, a);
    }
    CHECK(good);
  });
}

void all_of_16_bits() {
  for_each_type(type_list<std::int16_t, std::uint16_t>(), []<class T>() LANEWISE_ATTR {
    std::vector<T> a;
    for (int i = 0; i < 65536; ++i) a.push_back(static_cast<T>(i));
    bool good = true;
    for (int d : {1, 3, 5, 7, 10, 127, 641, 1000, 16385, 32767, 32768, 32769, 43691, 65535}) {
      good = good && check<T, lw::native_width<T>>(static_cast<T>(d), a);
    }
    CHECK(good);
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace divisor_tests {
LANEWISE_TEST_PER_TARGET(every_type, "divisor gives what division gives");
LANEWISE_TEST_PER_TARGET(all_of_16_bits, "divisor on every dividend of 16 bits");
}  // namespace divisor_tests
#endif
