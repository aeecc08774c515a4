// SPDX-License-Identifier: MIT
// erf, erfc and gelu, from polynomials by pieces: of erf itself, and of exp(x^2) erfc(x), which is smooth down to where
// erfc is subnormal, times exp(-x^2) in two words. In f32, erfc and gelu from a table of a thousand values.

#include <bit>
#include <cstdint>

#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/math/detail/error_function_tables.hpp"
#include "lanewise/simd/math/detail/exp_double_word.hpp"
#include "lanewise/simd/math/detail/normal_integral_table.hpp"
#include "lanewise/simd/math/detail/piecewise.hpp"
#include "lanewise/simd/math/detail/polynomial.hpp"
#include "lanewise/simd/math/detail/scale.hpp"
#include "lanewise/simd/math/max_ulp.hpp"

#if defined(LANEWISE_SIMD_MATH_ERROR_FUNCTION_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_ERROR_FUNCTION_HPP
#undef LANEWISE_SIMD_MATH_ERROR_FUNCTION_HPP
#else
#define LANEWISE_SIMD_MATH_ERROR_FUNCTION_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// a * b + c with the error of the product below that of the sum, also where there is no fused multiply-add.
template <class V>
LANEWISE_TARGET_INLINE V product_sum(V a, V b, V c) {
  if constexpr (HWY_NATIVE_FMA != 0) {
    return fma(a, b, c);
  } else {
    const double_word<V> product = two_product(a, b);
    return product.hi + (product.lo + c);
  }
}

/// exp(-(square + rest)) f(x), f by a table, as p 2^n with p in two words.
template <std::floating_point T, std::size_t N>
struct gaussian_product {
  using V = simd<T, N>;

  template <class Table>
  LANEWISE_TARGET_INLINE gaussian_product(const Table& table, V x, simd<unsigned_of<T>, N> piece, double_word<V> square)
      : exponential(exp_double_word(-square.hi, -square.lo)) {
    const piecewise_result<V> f = evaluate(table, x, piece);
    factor = fast_two_sum(f.center, rounded(f.t * f.quotient));
    cross = fma(exponential.lo, factor.hi, exponential.hi * factor.lo);
  }
  LANEWISE_TARGET_INLINE V one_word() const { return product_sum(exponential.hi, factor.hi, cross); }
  LANEWISE_TARGET_INLINE double_word<V> two_words() const {
    const double_word<V> product = two_product(exponential.hi, factor.hi);
    return fast_two_sum(product.hi, product.lo + cross);
  }

  scaled_double_word<T, N> exponential;
  double_word<V> factor;
  V cross;
};

/// A function's value times 2^64, so that it and products with it are normal, in two words: lo is up to a fifth of hi.
template <std::size_t N>
struct normal_integral {
  static constexpr float unscale = 0x1p-64f;

  simd<float, N> x;  // the argument brought to the table's range
  simd<float, N> hi, lo;
};

/// The table's f at x: f(r) and the integral of f'(r) exp(-(2 r t + t^2) / variance) from 0 to d = x - r, r the nearest
/// multiple of the step. With t = s d the exponential is exp(-z s) exp(s (1 - s) d^2 / variance), z = (x + r) d /
/// variance, and the integral f'(r) d (1 + d^2 / (6 variance)) (1 - exp(-z)) / z but for 2^-28 of f(r).
///
/// A row of the table for each lane takes fewer operations than polynomials by pieces, whose factors need two words
/// each. All but the product with f' is computed while the rows are waited for. On Zen 5 (2026-11) 14 cycles for erfc
/// of 8 lanes with AVX2, by pieces 24, and 20 for 16 lanes with AVX-512, by pieces 23.
template <int variance, std::size_t N>
LANEWISE_TARGET_INLINE normal_integral<N> integrate(const detail::normal_integral_table& table,
                                                    simd<float, N> argument) {
  using V = simd<float, N>;
  using bits = simd<std::uint32_t, N>;
  using columns = transposed_columns<detail::normal_integral_table, typename bits::native_type>;
  const V x = bring_within(argument, table.first * table.step, table.last * table.step);
  // The row's number, then that of its first byte.
  const float start = 0x1.8p23f - table.first;
  const V place = fma(x, V(1 / table.step), V(start));
  constexpr int row_bits = std::countr_zero(sizeof(table.row[0]));
  constexpr std::uint32_t last = detail::normal_integral_table::rows - 1;
  const bits offset = (bit_cast<std::uint32_t>(place) << row_bits) & bits(last << row_bits);
  const auto [hi, lo, slope] = [&]<std::size_t... i>(std::index_sequence<i...>) LANEWISE_ATTR_INLINE {
    const columns all[] = {columns::at_offsets(table, offset.native(i))...};
    return std::array<V, 3>{V::make([&](auto j) LANEWISE_ATTR_INLINE { return all[j].template get<0>(); }),
                            V::make([&](auto j) LANEWISE_ATTR_INLINE { return all[j].template get<1>(); }),
                            V::make([&](auto j) LANEWISE_ATTR_INLINE { return all[j].template get<2>(); })};
  }(std::make_index_sequence<V::registers>());
  const V r = (place - V(start)) * V(table.step);
  const V d = x - r;
  const V z = (x + r) * d;
  // (1 - exp(-z)) / z = 1 + z h, |z| <= 0.17: error 2^-26.2; fpminimax(..., [|1,...,4|], ..., floating, 1) of Sollya.
  constexpr float v = 1.0f / variance;
  const V h = horner(z, -0x1.ffffe8p-2f * v, 0x1.555546p-3f * v * v, -0x1.55be2cp-5f * v * v * v,
                     0x1.116298p-7f * v * v * v * v);
  const V longer = fma(d * (d * d), V(v / 6), d);
  const V run = fma(longer * z, h, longer);
  return {x, hi, fma(slope, run, lo)};
}

}  // namespace impl

/// The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. Keeps the sign of zeros; 1 and -1 for
/// infinities, NaN for NaN. Error: at most max_ulp::erf.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> erf(simd<T, N> x) {
  using V = simd<T, N>;
  constexpr bool f32 = sizeof(T) == 4;
  constexpr T one_from = f32 ? T(3.9215) : T(5.93);  // erf rounds to 1 there
  constexpr T pieces_per_unit = f32 ? T(2.039) : T(2.695);
  // Leaves 12 bits behind the point (f64: 32), of which the number of the piece is to be freed.
  constexpr int fraction = f32 ? 12 : 32;
  constexpr T magic = f32 ? T(0x1.8p11) : T(0x1.8p20);
  const V magnitude = impl::at_most(abs(x), one_from);
  const auto piece = bit_cast<impl::unsigned_of<T>>(fma(magnitude, V(pieces_per_unit), V(magic))) >> fraction;
  const auto f = [&]() LANEWISE_ATTR_INLINE {
    if constexpr (f32) {
      return impl::evaluate(detail::erf_f32, magnitude, piece);
    } else {
      return impl::evaluate(detail::erf_f64, magnitude, piece);
    }
  }();
  // In the first piece f.center is 0 and f.t is x, which the polynomial has been relieved of; elsewhere f.center is the
  // larger.
  const V base = max(f.t, f.center);
  if constexpr (f32) {
    return copysign(fma(f.t, f.quotient, base), x);
  } else if constexpr (HWY_NATIVE_FMA != 0) {
    return copysign(select(magnitude >= V(one_from), V(T(1)), fma(f.t, f.quotient, base)), x);
  } else {
    const impl::double_word<V> product = impl::two_product(f.t, f.quotient);
    const impl::double_word<V> sum = impl::fast_two_sum(base, product.hi);
    return copysign(select(magnitude >= V(one_from), V(T(1)), sum.hi + (sum.lo + product.lo)), x);
  }
}

/// 1 - erf(x) without its cancellation: all digits down to the smallest subnormal result (x = 10.05, f64: 27.22). 2 and
/// 0 for infinities, NaN for NaN. Error: at most max_ulp::erfc.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> erfc(simd<T, N> x) {
  using V = simd<T, N>;
  constexpr bool f32 = sizeof(T) == 4;
  if constexpr (f32) {
    const auto f = impl::integrate<1>(detail::erfc_f32, x);
    return (f.hi + f.lo) * V(f.unscale);
  } else {
    constexpr T zero_from = 27.25;
    const V magnitude = impl::at_most(abs(x), zero_from);
    const impl::double_word<V> square = impl::two_product(magnitude, magnitude);
    const auto piece = bit_cast<std::uint64_t>(fma(magnitude, V(1.09375), V(2.0))) >> 50;
    const impl::gaussian_product<T, N> product(detail::erfcx_f64, magnitude, piece, square);
    const V p = product.exponential.scale(product.one_word());
    return select(x < V(T(0)), V(T(2)) - p, p);
  }
}

/// The Gaussian error linear unit, x Phi(x) = x erfc(-x / sqrt(2)) / 2: all digits in the negative tail too, down to
/// the smallest subnormal result (x = -14.3, f64: -38.6). -0 for -infinity, infinity for infinity, NaN for NaN. Error:
/// at most max_ulp::gelu.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> gelu(simd<T, N> x) {
  using V = simd<T, N>;
  constexpr bool f32 = sizeof(T) == 4;
  if constexpr (f32) {
    const auto f = impl::integrate<2>(detail::normal_integral_f32, x);
    V product;
    if constexpr (HWY_NATIVE_FMA != 0) {
      product = fma(f.x, f.hi, f.x * f.lo) * V(f.unscale);
    } else {
      const auto sum = impl::fast_two_sum(f.hi, f.lo);
      product = copysign(impl::product_sum(f.x, sum.hi, f.x * sum.lo) * V(f.unscale), x);  // -0 became 0
    }
    return select(x > V(detail::normal_integral_f32.last * detail::normal_integral_f32.step), x, product);
  } else {
    using D = impl::double_word<V>;
    constexpr T zero_from = 38.75;
    const V magnitude = impl::at_most(abs(x), zero_from);
    const V within = copysign(magnitude, x);
    const D square = impl::two_product(magnitude, magnitude * V(T(0.5)));
    const auto piece = bit_cast<std::uint64_t>(fma(magnitude, V(1.53125), V(4.0))) >> 50;
    const impl::gaussian_product<T, N> p(detail::gelu_f64, magnitude, piece, square);
    const D tail = p.two_words();
    const mask<T, N> negative = x < V(T(0));
    // Phi(|x|) = 1 - tail. The tail of a negative x is brought to scale last, when there is one word to be rounded.
    const V tail_hi = p.exponential.scale(tail.hi), tail_lo = p.exponential.scale(tail.lo);
    const V upper = V(T(1)) - tail_hi;
    const V upper_lo = ((V(T(1)) - upper) - tail_hi) - tail_lo;
    const V hi = select(negative, tail.hi, upper), lo = select(negative, tail.lo, upper_lo);
    const V product = impl::product_sum(within, hi, within * lo);
    return copysign(select(x >= V(zero_from), x, select(negative, p.exponential.scale(product), product)), x);
  }
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_ERROR_FUNCTION_HPP
