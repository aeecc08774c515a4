// SPDX-License-Identifier: MIT
// The operations on bits, on every target, integer type and several numbers of lanes, against <bit> and loops.
#define LANEWISE_KERNEL_FILE "simd/bits.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/bits.hpp>

#include "support/lane_by_lane.hpp"
#include "support/per_target.hpp"

#ifndef LANEWISE_TESTS_BITS_REFERENCE
#define LANEWISE_TESTS_BITS_REFERENCE
namespace bits_tests {

using namespace lanewise_tests;

template <class T>
inline constexpr int width = static_cast<int>(8 * sizeof(T));

template <class T>
std::make_unsigned_t<T> bits_of(T x) {
  return static_cast<std::make_unsigned_t<T>>(x);
}

/// Operands of many magnitudes: with any number of zeros on either side.
template <class T>
const std::vector<T>& values() {
  static const std::vector<T> made = [] {
    std::vector<T> all = operands_of<T>().a;
    for (std::size_t i = 300; i < all.size(); ++i) {
      const int by = static_cast<int>(i) % width<T>;
      all[i] = static_cast<T>(i % 2 == 0 ? bits_of(all[i]) << by : bits_of(all[i]) >> by);
    }
    return all;
  }();
  return made;
}

/// f of every value, with every second operand.
template <class T, class F>
std::vector<T> results(F f, const std::vector<T>& b = operands_of<T>().b) {
  std::vector<T> all;
  for (std::size_t i = 0; i < sweep; ++i) all.push_back(static_cast<T>(f(values<T>()[i], b[i])));
  return all;
}

template <class T>
T reversed(T x, int unit) {
  std::uint64_t result = 0;
  const std::uint64_t part = (std::uint64_t{1} << unit) - 1;
  for (int bit = 0; bit < width<T>; bit += unit) {
    result |= (static_cast<std::uint64_t>(bits_of(x)) >> bit & part) << (width<T> - unit - bit);
  }
  return static_cast<T>(result);
}

/// Bit by bit what the table says.
template <class T>
T by_table(unsigned table, T a, T b, T c) {
  std::uint64_t result = 0;
  for (int bit = 0; bit < width<T>; ++bit) {
    const auto at = [&](T x) { return static_cast<unsigned>(static_cast<std::uint64_t>(bits_of(x)) >> bit & 1); };
    result |= static_cast<std::uint64_t>(table >> (at(a) << 2 | at(b) << 1 | at(c)) & 1) << bit;
  }
  return static_cast<T>(result);
}

}  // namespace bits_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(bits_tests)

using lanewise_tests::HWY_NAMESPACE::check_lanes;
using lanewise_tests::HWY_NAMESPACE::for_each_type;

void counts() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR {
    check_lanes(
        "popcount", results<T>([](T a, T) { return std::popcount(bits_of(a)); }),
        [](auto a) LANEWISE_ATTR { return lw::popcount(a); }, values<T>());
    check_lanes(
        "countl_zero", results<T>([](T a, T) { return std::countl_zero(bits_of(a)); }),
        [](auto a) LANEWISE_ATTR { return lw::countl_zero(a); }, values<T>());
    check_lanes(
        "countr_zero", results<T>([](T a, T) { return std::countr_zero(bits_of(a)); }),
        [](auto a) LANEWISE_ATTR { return lw::countr_zero(a); }, values<T>());
  });
}

void order() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR {
    check_lanes(
        "reverse_bits", results<T>([](T a, T) { return reversed(a, 1); }),
        [](auto a) LANEWISE_ATTR { return lw::reverse_bits(a); }, values<T>());
    check_lanes(
        "byteswap", results<T>([](T a, T) { return reversed(a, 8); }),
        [](auto a) LANEWISE_ATTR { return lw::byteswap(a); }, values<T>());
    check_lanes(
        "and_not", results<T>([](T a, T b) { return a & ~b; }),
        [](auto a, auto b) LANEWISE_ATTR { return lw::and_not(a, b); }, values<T>(), operands_of<T>().b);
    check_lanes(
        "and_not of masks", results<T>([](T a, T b) { return a > b && !(a == T(1)) ? a : b; }),
        [](auto a, auto b) LANEWISE_ATTR {
          using v = decltype(a);
          return v::select(lw::and_not(a > b, a == v(T(1))), a, b);
        },
        values<T>(), operands_of<T>().b);
  });
}

void shifts() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR {
    const auto check_count = []<int k>() LANEWISE_ATTR {
      check_lanes(
          "shift_left", results<T>([](T a, T) { return bits_of(a) << k; }),
          [](auto a) LANEWISE_ATTR { return lw::shift_left<k>(a); }, values<T>());
      check_lanes(
          "shift_right", results<T>([](T a, T) { return a >> k; }),
          [](auto a) LANEWISE_ATTR { return lw::shift_right<k>(a); }, values<T>());
    };
    check_count.template operator()<0>();
    check_count.template operator()<3>();
    check_count.template operator()<width<T> - 1>();
  });
}

void rotates() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR {
    const auto left = [](T a, T k) { return std::rotl(bits_of(a), static_cast<int>(bits_of(k) % width<T>)); };
    const auto right = [](T a, T k) { return std::rotr(bits_of(a), static_cast<int>(bits_of(k) % width<T>)); };
    check_lanes(
        "rotl by lane", results<T>(left), [](auto a, auto b) LANEWISE_ATTR { return lw::rotl(a, b); }, values<T>(),
        operands_of<T>().b);
    check_lanes(
        "rotr by lane", results<T>(right), [](auto a, auto b) LANEWISE_ATTR { return lw::rotr(a, b); }, values<T>(),
        operands_of<T>().b);
    for (int k : {0, 1, 5, width<T> - 1, width<T>, width<T> + 3, 1000, -1, -width<T>}) {
      check_lanes(
          "rotl", results<T>([&](T a, T) { return std::rotl(bits_of(a), k); }),
          [&](auto a) LANEWISE_ATTR { return lw::rotl(a, k); }, values<T>());
      check_lanes(
          "rotr", results<T>([&](T a, T) { return std::rotr(bits_of(a), k); }),
          [&](auto a) LANEWISE_ATTR { return lw::rotr(a, k); }, values<T>());
    }
    const auto check_count = []<int k>() LANEWISE_ATTR {
      check_lanes(
          "rotl<k>", results<T>([](T a, T) { return std::rotl(bits_of(a), k); }),
          [](auto a) LANEWISE_ATTR { return lw::rotl<k>(a); }, values<T>());
      check_lanes(
          "rotr<k>", results<T>([](T a, T) { return std::rotr(bits_of(a), k); }),
          [](auto a) LANEWISE_ATTR { return lw::rotr<k>(a); }, values<T>());
    };
    check_count.template operator()<0>();
    check_count.template operator()<3>();
    check_count.template operator()<-width<T> - 1>();
  });
}

/// All 256 tables on one type, two on the others.
void tables() {
  const auto check_table = []<class T, unsigned table>() LANEWISE_ATTR {
    std::vector<T> want;
    const auto& [a, b, c] = operands_of<T>();
    for (std::size_t i = 0; i < 64; ++i) want.push_back(by_table(table, a[i + 200], b[i + 200], c[i + 200]));
    std::vector<T> got(64);
    constexpr std::size_t N = 64 / sizeof(T);
    for (std::size_t i = 0; i < 64; i += N) {
      using v = lw::simd<T, N>;
      lw::ternary_logic<table>(v::load(&a[i + 200]), v::load(&b[i + 200]), v::load(&c[i + 200])).store(&got[i]);
    }
    expect_same<T>("ternary_logic<" + std::to_string(table) + ">", name_of<T>(), N, got, want);
  };
  [&]<unsigned... table>(std::integer_sequence<unsigned, table...>) LANEWISE_ATTR {
    (check_table.template operator()<std::uint32_t, table>(), ...);
  }(std::make_integer_sequence<unsigned, 256>());
  for_each_type(integer_types(), [&]<class T>() LANEWISE_ATTR {
    check_table.template operator()<T, 0xE8>();
    check_table.template operator()<T, (0xF0 & 0xCC) | (~0xF0 & 0xAA)>();
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace bits_tests {
LANEWISE_TEST_PER_TARGET(counts, "popcount, countl_zero and countr_zero");
LANEWISE_TEST_PER_TARGET(order, "reverse_bits, byteswap and and_not");
LANEWISE_TEST_PER_TARGET(shifts, "shifts by a constant");
LANEWISE_TEST_PER_TARGET(rotates, "rotates by a constant, by any count, and lane by lane");
LANEWISE_TEST_PER_TARGET(tables, "ternary_logic of every table");
}  // namespace bits_tests
#endif
