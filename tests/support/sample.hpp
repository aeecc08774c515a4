// SPDX-License-Identifier: MIT
#pragma once
// The inputs at which math functions are tested, and what they should give there: made once, used by every target.

#include <algorithm>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "support/reference.hpp"
#include "support/values.hpp"

namespace lanewise_tests {

/// Where a test looks more closely: between two numbers, half of the inputs evenly spread by value and half by bit
/// pattern (equally many for each exponent); or at a number and the 128 next to it on either side.
struct place {
  double from, to;
  auto operator<=>(const place&) const = default;
};
inline place between(double from, double to) { return {from, to}; }
inline place around(double x) { return {x, x}; }

/// For functions of two arguments: x from the first, y from the second.
struct places {
  place x, y;
  auto operator<=>(const places&) const = default;
};
inline places both(place x, place y) { return {x, y}; }

/// Whether also the whole range of T is sampled, all special values included, or the named places alone.
enum class domain { all, places_only };

/// Floats as integers in the same order; both zeros become different numbers.
template <std::floating_point T>
std::int64_t ordered(T x) {
  using bits = bits_of<T>;
  const bits b = std::bit_cast<bits>(x);
  constexpr bits sign = bits(1) << (8 * sizeof(T) - 1);
  return (b & sign) != 0 ? -static_cast<std::int64_t>(b ^ sign) - 1 : static_cast<std::int64_t>(b);
}
template <std::floating_point T>
T from_ordered(std::int64_t i) {
  using bits = bits_of<T>;
  constexpr bits sign = bits(1) << (8 * sizeof(T) - 1);
  return std::bit_cast<T>(i < 0 ? static_cast<bits>(static_cast<bits>(-(i + 1)) | sign) : static_cast<bits>(i));
}

/// How many inputs of each kind. MPFR takes microseconds for each; double precision, tens of nanoseconds.
template <std::floating_point T>
struct sizes {
  static constexpr bool cheap = sizeof(T) == 4;
  static constexpr std::uint64_t step = 10007;  // of the bit patterns of f32: a prime
  static constexpr std::size_t random = cheap ? 0 : 40000;
  static constexpr std::size_t pairs = cheap ? 300000 : 40000;
  static constexpr std::size_t in_place = cheap ? 60000 : 20000;
  static constexpr std::int64_t neighbours = 128;
};

/// Zeros, ones, infinities, NaN, the limits of T, small whole numbers and halves, each with its neighbours.
template <std::floating_point T>
std::vector<T> special_inputs(std::int64_t neighbours = 2) {
  using limits = std::numeric_limits<T>;
  std::vector<T> result{limits::quiet_NaN(), -limits::quiet_NaN(), limits::infinity(), -limits::infinity()};
  const auto add = [&](T x) {
    for (const T centre : {x, -x}) {
      for (std::int64_t k = -neighbours; k <= neighbours; ++k) {
        const T y = from_ordered<T>(ordered(centre) + k);
        if (std::isfinite(y)) result.push_back(y);
      }
    }
  };
  for (T x : {T(0), limits::min(), limits::max(), limits::max() / 2, limits::epsilon(), limits::epsilon() / 2}) add(x);
  for (T x : {T(0.25), T(0.5), T(0.75), T(1), T(1.5), T(2), T(2.5), T(3), T(4), T(5), T(10), T(100)}) add(x);
  add(std::ldexp(T(1), limits::digits - 1));
  add(std::ldexp(T(1), limits::digits));
  add(limits::min() * limits::epsilon() * 1000);
  return result;
}

/// Appends the inputs that `where` stands for.
template <std::floating_point T>
void append(std::vector<T>& x, place where, std::mt19937_64& random, std::size_t count = sizes<T>::in_place) {
  const T from = static_cast<T>(where.from), to = static_cast<T>(where.to);
  if (from == to) {
    for (std::int64_t k = -sizes<T>::neighbours; k <= sizes<T>::neighbours; ++k) {
      x.push_back(from_ordered<T>(ordered(from) + k));
    }
    return;
  }
  std::uniform_real_distribution<double> by_value(0, 1);
  std::uniform_int_distribution<std::int64_t> by_pattern(ordered(from), ordered(to));
  for (std::size_t i = 0; i < count; ++i) {
    const double t = by_value(random);
    x.push_back(i % 2 == 0 ? std::clamp(static_cast<T>(where.from * (1 - t) + where.to * t), from, to)
                           : from_ordered<T>(by_pattern(random)));
  }
}

/// Inputs and what the function should give there. Their number is a multiple of `block`, more than any N.
template <std::floating_point T, std::size_t arguments>
struct sample {
  static constexpr std::size_t block = 512;
  std::vector<T> x[arguments];
  std::vector<expected<T>> want;

  std::size_t size() const { return want.size(); }
  T at(std::size_t argument, std::size_t i) const { return x[argument][i]; }
};

namespace detail {

template <std::floating_point T>
std::vector<T> whole_range(std::mt19937_64& random) {
  std::vector<T> x = special_inputs<T>(8);
  if constexpr (sizes<T>::cheap) {
    for (std::uint64_t b = 0; b < std::uint64_t(1) << 32; b += sizes<T>::step) {
      x.push_back(std::bit_cast<T>(static_cast<std::uint32_t>(b)));
    }
  }
  for (std::size_t i = 0; i < sizes<T>::random; ++i) x.push_back(std::bit_cast<T>(static_cast<bits_of<T>>(random())));
  return x;
}

template <class T>
void pad(std::vector<T>& x, std::size_t block) {
  for (std::size_t i = 0; x.size() % block != 0; ++i) x.push_back(x[i]);
}

template <std::floating_point T>
sample<T, 1> make_sample(const unary& f, domain where, const std::vector<place>& more) {
  std::mt19937_64 random(seed);
  sample<T, 1> result;
  std::vector<T>& x = result.x[0];
  if (where == domain::all) x = whole_range<T>(random);
  for (const place& p : more) append(x, p, random);
  pad(x, result.block);
  for (const T a : x) result.want.push_back(f(a));
  return result;
}

template <std::floating_point T>
sample<T, 2> make_sample(const binary& f, domain where, const std::vector<places>& more) {
  std::mt19937_64 random(seed);
  sample<T, 2> result;
  auto& [x, y] = result.x;
  if (where == domain::all) {
    const std::vector<T> special = special_inputs<T>(sizes<T>::cheap ? 1 : 0);
    for (const T a : special) {
      for (const T b : special) {
        x.push_back(a);
        y.push_back(b);
      }
    }
    for (std::size_t i = 0; i < sizes<T>::pairs; ++i) {
      x.push_back(std::bit_cast<T>(static_cast<bits_of<T>>(random())));
      y.push_back(std::bit_cast<T>(static_cast<bits_of<T>>(random())));
    }
  }
  for (const places& p : more) {
    std::vector<T> own_x, own_y;
    append(own_x, p.x, random);
    append(own_y, p.y, random);
    std::shuffle(own_y.begin(), own_y.end(), random);
    for (std::size_t i = 0, n = std::max(own_x.size(), own_y.size()); i < n; ++i) {
      x.push_back(own_x[i % own_x.size()]);
      y.push_back(own_y[i % own_y.size()]);
    }
  }
  pad(x, result.block);
  pad(y, result.block);
  for (std::size_t i = 0; i < x.size(); ++i) result.want.push_back(f(x[i], y[i]));
  return result;
}

}  // namespace detail

/// The sample for one call of check_error: the same at every target, so made at the first.
template <std::floating_point T, class Reference, class Place>
const auto& sample_of(const Reference& f, domain where, const std::vector<Place>& more) {
  using made = decltype(detail::make_sample<T>(f, where, more));
  static std::map<std::tuple<std::string, domain, std::vector<Place>>, made> cache;
  const auto key = std::make_tuple(std::string(f.name), where, more);
  const auto found = cache.find(key);
  return found != cache.end() ? found->second
                              : cache.emplace(key, detail::make_sample<T>(f, where, more)).first->second;
}

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// f(x) = result, or f(x, y) = result.
struct special {
  special(double in, double out) : x(in), result(out) {}
  double x, result;
};
struct special_pair {
  special_pair(double in_x, double in_y, double out) : x(in_x), y(in_y), result(out) {}
  double x, y, result;
};

template <std::floating_point T, class Special>
auto special_sample(const std::vector<Special>& entries) {
  constexpr bool pairs = std::same_as<Special, special_pair>;
  sample<T, pairs ? 2 : 1> s;
  for (const Special& entry : entries) {
    s.x[0].push_back(static_cast<T>(entry.x));
    if constexpr (pairs) s.x[1].push_back(static_cast<T>(entry.y));
    s.want.push_back({static_cast<T>(entry.result)});
  }
  for (auto& x : s.x) detail::pad(x, s.block);
  detail::pad(s.want, s.block);
  return s;
}

/// 1.5 (0x1.8p+0) [0x3fc00000]
template <std::floating_point T>
std::string text_with_bits(T x) {
  std::ostringstream out;
  out << text(x) << " [0x" << std::hex << std::bit_cast<bits_of<T>>(x) << ']';
  return out.str();
}

/// One assertion: every result is within `bound` units of what it should be. Reports the worst, and how many are wrong.
/// LANEWISE_PRINT_ULP in the environment prints the largest error also where it is within the bound.
template <std::floating_point T, std::size_t arguments>
void expect_error(std::string_view what, std::string_view target, std::size_t lanes, const std::vector<T>& got,
                  const sample<T, arguments>& s, double bound) {
  std::size_t worst = 0, wrong = 0;
  double largest = -1;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const double error = ulps(got[i], s.want[i]);
    wrong += !(error <= bound);
    if (error > largest) {
      largest = error;
      worst = i;
    }
  }
  std::ostringstream where;
  for (std::size_t a = 0; a < arguments; ++a) where << (a == 0 ? "" : ", ") << text_with_bits(s.at(a, worst));
  if (bound != 0 && std::getenv("LANEWISE_PRINT_ULP") != nullptr) {
    std::printf("%-24s %s %-10s %8.4f ULP (bound %.4f) at %s\n", std::string(what).c_str(),
                std::string(name_of<T>()).c_str(), std::string(target).c_str(), largest, bound, where.str().c_str());
  }
  if (wrong == 0) {
    SUCCEED();
    return;
  }
  FAIL_CHECK(what << ", simd<" << name_of<T>() << ", " << lanes << ">, target " << target << ": " << largest
                  << " ULP where at most " << bound << " are allowed, at " << where.str() << ": is "
                  << text_with_bits(got[worst]) << " but should be nearest to " << text_with_bits(s.want[worst].nearest)
                  << "; " << wrong << " of " << s.size() << " inputs are wrong");
}

}  // namespace lanewise_tests
