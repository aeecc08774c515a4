// SPDX-License-Identifier: MIT
// A third oracle: the operations of simd against those of std::experimental::simd, for the flags of this file and every
// N.
#include <lanewise/simd/arithmetic.hpp>
#include <lanewise/simd/convert.hpp>
#include <lanewise/simd/reduce.hpp>
#include <lanewise/simd/round.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <concepts>
#include <cstddef>
#include <functional>
#include <random>
#include <string_view>
#include <vector>

#include "support/values.hpp"

#ifdef __GLIBCXX__  // only libstdc++ has all of it

#include <experimental/simd>

namespace {

using namespace lanewise_tests;
namespace stdx = std::experimental;

#ifdef __clang__
constexpr bool compiled_by_clang = true;
#else
constexpr bool compiled_by_clang = false;
#endif

/// Calls f.template operator()<N>() for every N that is tested.
template <class F>
void for_each_lanes(F f) {
  f.template operator()<1>();
  f.template operator()<4>();
  f.template operator()<32>();
}

template <class T, std::size_t N>
using theirs = stdx::fixed_size_simd<T, static_cast<int>(N)>;

template <class T, std::size_t N>
theirs<T, N> load(const std::vector<T>& from, std::size_t i) {
  return theirs<T, N>(&from[i], stdx::element_aligned);
}

/// Applies one generic function to all operands as vectors of ours and as vectors of theirs, and compares.
template <class T, class F, class Same = bool (*)(T, T)>
void compare(std::string_view what, F f, Same is_same = &same<T>) {
  for_each_lanes([&]<std::size_t N>() {
    using v = lanewise::simd<T, N>;
    const auto& [a, b, c] = operands_of<T>();
    std::vector<T> got(sweep), want(sweep);
    for (std::size_t i = 0; i < sweep; i += N) {
      f(v::load(&a[i]), v::load(&b[i]), v::load(&c[i])).store(&got[i]);
      f(load<T, N>(a, i), load<T, N>(b, i), load<T, N>(c, i)).copy_to(&want[i], stdx::element_aligned);
    }
    expect_same<T>(what, name_of<T>(), N, got, want, is_same);
  });
}

/// m ? a : b for vectors of either kind.
template <class T, std::size_t N>
lanewise::simd<T, N> choose(lanewise::mask<T, N> m, lanewise::simd<T, N> a, lanewise::simd<T, N> b) {
  return select(m, a, b);
}
template <class T, class Abi>
stdx::simd<T, Abi> choose(const stdx::simd_mask<T, Abi>& m, stdx::simd<T, Abi> a, const stdx::simd<T, Abi>& b) {
  where(!m, a) = b;
  return a;
}

}  // namespace

TEMPLATE_TEST_CASE("simd and std::experimental::simd agree", "", std::int8_t, std::int16_t, std::int32_t, std::int64_t,
                   std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t, float, double) {
  using T = TestType;
  compare<T>("a + b", [](auto a, auto b, auto) { return a + b; });
  compare<T>("a - b", [](auto a, auto b, auto) { return a - b; });
  compare<T>("a * b", [](auto a, auto b, auto) { return a * b; });
  compare<T>("a < b", [](auto a, auto b, auto c) { return choose(a < b, a, c); });
  compare<T>("a <= b", [](auto a, auto b, auto c) { return choose(a <= b, a, c); });
  compare<T>("a > b", [](auto a, auto b, auto c) { return choose(a > b, a, c); });
  compare<T>("a >= b", [](auto a, auto b, auto c) { return choose(a >= b, a, c); });
  compare<T>("a == b", [](auto a, auto b, auto c) { return choose(a == b, a, c); });
  compare<T>("a != b", [](auto a, auto b, auto c) { return choose(a != b, a, c); });
  compare<T>("mask & |", [](auto a, auto b, auto c) { return choose(((a < b) & (b < c)) | (a == c), a, c); });
}

TEMPLATE_TEST_CASE("integers of simd and of std::experimental::simd agree", "", std::int8_t, std::int16_t, std::int32_t,
                   std::int64_t, std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t) {
  using T = TestType;
  compare<T>("min", [](auto a, auto b, auto) { return min(a, b); });
  compare<T>("max", [](auto a, auto b, auto) { return max(a, b); });
  compare<T>("a & b", [](auto a, auto b, auto) { return a & b; });
  compare<T>("a | b", [](auto a, auto b, auto) { return a | b; });
  compare<T>("a ^ b", [](auto a, auto b, auto) { return a ^ b; });
  compare<T>("~a", [](auto a, auto, auto) { return ~a; });
  for (const int count : {0, 1, static_cast<int>(8 * sizeof(T)) - 1}) {
    compare<T>("a << count", [=](auto a, auto, auto) { return a << count; });
    // Compiled by clang 19 for AVX2, theirs gives -4294967295 for -1 >> 1 (libstdc++ 12).
    if constexpr (!(compiled_by_clang && std::same_as<T, std::int64_t>)) {
      compare<T>("a >> count", [=](auto a, auto, auto) { return a >> count; });
    }
  }
  const T bits = static_cast<T>(8 * sizeof(T) - 1);
  compare<T>("a << b", [=](auto a, auto b, auto) { return a << (b & decltype(b)(bits)); });
  compare<T>("a >> b", [=](auto a, auto b, auto) { return a >> (b & decltype(b)(bits)); });
}

TEMPLATE_TEST_CASE("floating point of simd and of std::experimental::simd agrees", "", float, double) {
  using T = TestType;
  compare<T>("a / b", [](auto a, auto b, auto) { return a / b; });
  compare<T>("-a", [](auto a, auto, auto) { return -a; });
  compare<T>("abs", [](auto a, auto, auto) { return abs(a); });
  compare<T>("sqrt", [](auto a, auto, auto) { return sqrt(a); });
  compare<T>("floor", [](auto a, auto, auto) { return floor(a); });
  compare<T>("ceil", [](auto a, auto, auto) { return ceil(a); });
  compare<T>("trunc", [](auto a, auto, auto) { return trunc(a); });
  compare<T>("copysign", [](auto a, auto b, auto) { return copysign(a, b); });
  // With a NaN and for zeros of either sign min and max may give either operand.
  compare<T>(
      "min", [](auto a, auto b, auto) { return choose((a == a) & (b == b), min(a, b), decltype(a)(T(0))); },
      &same_value<T>);
  compare<T>(
      "max", [](auto a, auto b, auto) { return choose((a == a) & (b == b), max(a, b), decltype(a)(T(0))); },
      &same_value<T>);
}

TEMPLATE_TEST_CASE("reductions of simd and of std::experimental::simd agree", "", std::int8_t, std::int16_t,
                   std::int32_t, std::int64_t, std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t, float,
                   double) {
  using T = TestType;
  for_each_lanes([]<std::size_t N>() {
    using v = lanewise::simd<T, N>;
    std::mt19937_64 random(seed);
    for (int round = 0; round < 50; ++round) {
      std::vector<T> x(N);
      for (T& lane : x) {  // small whole numbers, so that sums of floats are exact and their order does not matter
        lane = std::floating_point<T> ? static_cast<T>(random() % 64) : random_value<T>(random);
      }
      const v ours = v::load(x.data());
      const theirs<T, N> other = load<T, N>(x, 0);
      CAPTURE(name_of<T>(), N, round);
      CHECK(reduce_add(ours) == T(stdx::reduce(other)));
      CHECK(reduce_min(ours) == stdx::hmin(other));
      CHECK(reduce_max(ours) == stdx::hmax(other));
      if constexpr (std::integral<T>) CHECK(reduce_mul(ours) == T(stdx::reduce(other, std::multiplies<>())));
      const auto our_mask = ours < v(x[0]);
      const auto their_mask = other < theirs<T, N>(x[0]);
      CHECK(any(our_mask) == stdx::any_of(their_mask));
      CHECK(all(our_mask) == stdx::all_of(their_mask));
      CHECK(none(our_mask) == stdx::none_of(their_mask));
      CHECK(count(our_mask) == static_cast<std::size_t>(stdx::popcount(their_mask)));
    }
  });
}

#else

TEST_CASE("simd and std::experimental::simd agree") { SKIP("this standard library has no std::experimental::simd"); }

#endif
