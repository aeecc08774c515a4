// SPDX-License-Identifier: MIT
// The operators of simd, on every target, element type and number of lanes, against the same operation on one element.
#define LANEWISE_KERNEL_FILE "simd/operators.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/simd.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"

#ifndef LANEWISE_TESTS_OPERATORS_REFERENCE
#define LANEWISE_TESTS_OPERATORS_REFERENCE
namespace operators_tests {

using namespace lanewise_tests;

// Integers are computed in 64 unsigned bits, which wrap, and cut off.
template <class T>
T plus(T a, T b) {
  return static_cast<T>(static_cast<wide<T>>(a) + static_cast<wide<T>>(b));
}
template <class T>
T minus(T a, T b) {
  return static_cast<T>(static_cast<wide<T>>(a) - static_cast<wide<T>>(b));
}
template <class T>
T times(T a, T b) {
  return static_cast<T>(static_cast<wide<T>>(a) * static_cast<wide<T>>(b));
}
template <class T>
T over(T a, T b) {
  return a / b;
}
template <class T>
T bit_and(T a, T b) {
  return static_cast<T>(a & b);
}
template <class T>
T bit_or(T a, T b) {
  return static_cast<T>(a | b);
}
template <class T>
T bit_xor(T a, T b) {
  return static_cast<T>(a ^ b);
}
template <class T>
T shift_left(T a, T count) {
  return static_cast<T>(static_cast<std::uint64_t>(a) << count);
}
template <class T>
T shift_right(T a, T count) {
  return static_cast<T>(a >> count);  // of a negative number: keeps the sign since C++20
}

/// An operation on one element, and its name in reports.
template <class T>
struct operation {
  const char* name;
  T (*on_elements)(T, T);
};

/// The results of all operations on all operands, one after the other, against the same on elements.
template <class T>
void compare(std::size_t lanes, const std::vector<operation<T>>& operations, const std::vector<T>& a,
             const std::vector<T>& b, const std::vector<T>& got) {
  std::vector<T> want(sweep);
  for (std::size_t k = 0; k < operations.size(); ++k) {
    for (std::size_t i = 0; i < sweep; ++i) want[i] = operations[k].on_elements(a[i], b[i]);
    expect_same<T>(operations[k].name, name_of<T>(), lanes, std::span(got).subspan(k * sweep, sweep), want);
  }
}

template <class T>
std::vector<operation<T>> arithmetic_operations() {
  std::vector<operation<T>> all{{"a + b", plus<T>},
                                {"a - b", minus<T>},
                                {"a * b", times<T>},
                                {"a += b", plus<T>},
                                {"a -= b", minus<T>},
                                {"a *= b", times<T>},
                                {"a + 3", [](T a, T) { return plus(a, T(3)); }},
                                {"3 - a", [](T a, T) { return minus(T(3), a); }}};
  if constexpr (lanewise::floating_element<T>) {
    all.insert(all.end(), {{"a / b", over<T>}, {"a /= b", over<T>}});
  }
  if constexpr (!std::is_unsigned_v<T>) {
    all.push_back({"-a", [](T a, T) { return lanewise::floating_element<T> ? static_cast<T>(-a) : minus(T(0), a); }});
  }
  return all;
}

template <class T>
std::vector<operation<T>> bit_operations() {
  return {{"a & b", bit_and<T>},
          {"a | b", bit_or<T>},
          {"a ^ b", bit_xor<T>},
          {"a &= b", bit_and<T>},
          {"a |= b", bit_or<T>},
          {"a ^= b", bit_xor<T>},
          {"~a", [](T a, T) { return static_cast<T>(~a); }}};
}

template <class T>
std::vector<operation<T>> shift_operations() {
  return {{"a << counts", shift_left<T>},
          {"a >> counts", shift_right<T>},
          {"a << count", shift_left<T>},
          {"a >> count", shift_right<T>}};
}

template <class T>
std::vector<operation<T>> comparison_operations() {
  return {{"a == b", [](T a, T b) { return T(a == b); }}, {"a != b", [](T a, T b) { return T(a != b); }},
          {"a < b", [](T a, T b) { return T(a < b); }},   {"a <= b", [](T a, T b) { return T(a <= b); }},
          {"a > b", [](T a, T b) { return T(a > b); }},   {"a >= b", [](T a, T b) { return T(a >= b); }}};
}

/// Counts from 0 to the number of bits less one.
template <class T>
std::vector<T> mixed_counts() {
  std::vector<T> counts;
  for (std::size_t i = 0; i < sweep; ++i) counts.push_back(static_cast<T>((i * 7 + i / 16) % (8 * sizeof(T))));
  return counts;
}

}  // namespace operators_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(operators_tests)

using lanewise_tests::HWY_NAMESPACE::for_each_type;
using lanewise_tests::HWY_NAMESPACE::for_each_width;

/// Stores vectors one after the other, `sweep` elements apart.
template <class T>
struct results {
  T* to;
  template <std::size_t N>
  HWY_ATTR void operator()(lw::simd<T, N> v) {
    v.store(to);
    to += sweep;
  }
  template <std::size_t N>
  HWY_ATTR void operator()(lw::mask<T, N> m) {
    (*this)(lw::simd<T, N>::select(m, T(1), T(0)));
  }
};

/// Calls each(a, b, results) for all operands at every width, in the order of `operations`.
template <class T, class Each>
void check(const std::vector<operation<T>>& operations, const std::vector<T>& a, const std::vector<T>& b, Each each) {
  for_each_width<T>([&]<std::size_t N>() LANEWISE_ATTR {
    std::vector<T> got(operations.size() * sweep);
    for (std::size_t i = 0; i < sweep; i += N) {
      each(lw::simd<T, N>::load(&a[i]), lw::simd<T, N>::load(&b[i]), results<T>{&got[i]});
    }
    compare(N, operations, a, b, got);
  });
}

void arithmetic() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    check(arithmetic_operations<T>(), operands_of<T>().a, operands_of<T>().b,
          [](auto a, auto b, auto put) LANEWISE_ATTR {
            put(a + b);
            put(a - b);
            put(a * b);
            auto c = a;
            put(c += b);
            c = a;
            put(c -= b);
            c = a;
            put(c *= b);
            put(a + T(3));
            put(T(3) - a);
            if constexpr (lanewise::floating_element<T>) {
              put(a / b);
              c = a;
              put(c /= b);
            }
            if constexpr (!std::is_unsigned_v<T>) put(-a);
          });
  });
}

void bits() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR {
    check(bit_operations<T>(), operands_of<T>().a, operands_of<T>().b, [](auto a, auto b, auto put) LANEWISE_ATTR {
      put(a & b);
      put(a | b);
      put(a ^ b);
      auto c = a;
      put(c &= b);
      c = a;
      put(c |= b);
      c = a;
      put(c ^= b);
      put(~a);
    });
  });
}

void shifts() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR {
    constexpr int bits = static_cast<int>(8 * sizeof(T));
    auto by_lane = shift_operations<T>();
    by_lane.resize(2);
    check(by_lane, operands_of<T>().a, mixed_counts<T>(), [](auto a, auto counts, auto put) LANEWISE_ATTR {
      put(a << counts);
      put(a >> counts);
    });
    for (int count : {0, 1, bits / 2 - 1, bits / 2, bits - 2, bits - 1}) {
      check(shift_operations<T>(), operands_of<T>().a, std::vector<T>(sweep, static_cast<T>(count)),
            [&](auto a, auto counts, auto put) LANEWISE_ATTR {
              put(a << counts);
              put(a >> counts);
              put(a << count);
              put(a >> count);
            });
    }
  });
}

void comparisons() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    check(comparison_operations<T>(), operands_of<T>().a, operands_of<T>().b,
          [](auto a, auto b, auto put) LANEWISE_ATTR {
            put(a == b);
            put(a != b);
            put(a < b);
            put(a <= b);
            put(a > b);
            put(a >= b);
          });
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace operators_tests {
LANEWISE_TEST_PER_TARGET(arithmetic, "arithmetic operators of simd work lane by lane");
LANEWISE_TEST_PER_TARGET(bits, "bit operators of simd work lane by lane");
LANEWISE_TEST_PER_TARGET(shifts, "shifts of simd by one count and by a count for each lane");
LANEWISE_TEST_PER_TARGET(comparisons, "comparisons of simd work lane by lane, with NaN, infinities and both zeros");
}  // namespace operators_tests
#endif
