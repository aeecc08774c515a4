// SPDX-License-Identifier: MIT
// erf, erfc and gelu, from polynomials by pieces: of erf itself, and of exp(x^2) erfc(x), which is smooth down to where
// erfc is subnormal, times exp(-x^2) in two words. From tables of values and slopes at equally spaced points: in f32,
// erfc and gelu; in f64, erf without AVX-512 and erfc up to 9.25, beyond it by powers of 1 / x^2.

#include <bit>
#include <cstdint>

#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/math/detail/erf_table.hpp"
#include "lanewise/simd/math/detail/erfc_table.hpp"
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

/// Where x >= 0 lies among the points of a table of tangents, i / per_unit, per_unit a power of two. For x beyond the
/// last of them the members are without meaning.
template <int per_unit, std::size_t N>
struct nearest_tangent {
  using V = simd<double, N>;

  template <std::size_t Rows>
  LANEWISE_TARGET_INLINE nearest_tangent(const detail::tangents<Rows>& table, V x) {
    constexpr double magic = 0x1.8p52 / per_unit;  // adding it leaves the point's number in the lowest bits
    const V shifted = x + V(magic);
    const auto columns = look_up<3, double, N>(table, bit_cast<std::uint64_t>(shifted));
    value = columns[0];
    value_rest = columns[1];
    slope = columns[2];
    point = shifted - V(magic);
    offset = x - point;
  }

  V value, value_rest, slope;
  V point, offset;  // x = point + offset
};

// erf(c + d) = erf(c) + erf'(c) d (1 + p), 1 + p the integral of exp(-2 v s - d^2 s^2) from 0 to 1, v = c d: a
// polynomial in v and d^2. Coefficients by least squares with Lawson's weights for the least maximum of the result's
// error in ULP.

/// erf for f64. Error of p: 0.24 ULP of the result.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> erf_by_tangents(simd<double, N> x) {
  using V = simd<double, N>;
  using U = simd<std::uint64_t, N>;
  constexpr auto sign = std::bit_cast<std::uint64_t>(-0.0);
  const V magnitude = abs(x);
  const nearest_tangent<128, N> from(detail::erf_tangents, magnitude);
  const V d = from.offset;
  const V v = d * from.point, e = d * d, v2 = v * v;
  const V a = paired(v, v2, 0x1.555555555d396p-1, -0x1.55549fc033018p-2, 0x1.1110a3c457750p-3, -0x1.a00c0c0f857c8p-6);
  const V b = paired(v, v2, -0x1.555555556f932p-2, 0x1.ffffb70c69375p-2, -0x1.99993cdd6e528p-2);
  const V c = paired(v, v2, 0x1.9999bfc6fe975p-4, -0x1.67c77d6ded4b1p-4);
  const V p = fma(e, fma(e, c, b), fms(v2, a, v));
  // Near zero d itself is the larger part of the result: value + d exactly, then d (slope (1 + p) - 1).
  const V sum = from.value + d, sum_rest = (d - (sum - from.value)) + from.value_rest;
  const V rest = fma(d, fma(from.slope + V(1.0), p, from.slope), sum_rest);
  const V result = select(magnitude > V(5.93), V(1.0), sum + rest);  // rounds to 1 from 5.9216
  return bit_cast<double>(bit_cast<std::uint64_t>(result) | (bit_cast<std::uint64_t>(x) & U(sign)));
}

/// erfc for f64, |x| <= 9.25. Error of p: 0.07 ULP of the result.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> erfc_by_tangents(simd<double, N> x) {
  using V = simd<double, N>;
  const nearest_tangent<64, N> from(detail::erfc_tangents, abs(x));
  const V d = from.offset;
  // With d^2 / 3 in v, which leaves less to be done by the terms of d^2.
  const V v = d * fma(d, V(1.0 / 3.0), from.point), e = d * d, v2 = v * v;
  const V a = paired(v, v2, 0x1.5555555554abcp-1, -0x1.55555555a346dp-2, 0x1.11111116fbf12p-3, -0x1.6c16bba75654ap-5,
                     0x1.a01a767f25a7ap-7, -0x1.a0528bbb14073p-9, 0x1.68871b5d0b9fep-11);
  const V b = paired(v, v2, 0x1.c71c724167ad4p-5, -0x1.11110c9496818p-4, 0x1.6c16393b7aa7dp-5, -0x1.5b00c7613bfa0p-6,
                     0x1.02311a8ac9d56p-7);
  const V c = paired(v, v2, 0x1.e571851c62162p-8, -0x1.6c8418a83fcbbp-7, 0x1.3b2b22cb3f88cp-7);
  const V p = fma(e, fma(v, b, e * c), fms(v2, a, v));
  const V result = from.value - product_sum(d, fma(from.slope, p, from.slope), -from.value_rest);
  return select(x < V(0.0), V(2.0) - result, result);
}

/// erfc for f64, 9 <= x <= 27.25: exp(-x^2) / x times a polynomial in 1 / x^2. sollya: f = exp(1 / x) * erfc(1 /
/// sqrt(x)) / sqrt(x); fpminimax((f - 1 / sqrt(pi)) / x, 7, [|D...|], [0.00133; 0.01172], absolute); relative error of
/// f 2^-58.8.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> erfc_far_from_zero(simd<double, N> x) {
  using V = simd<double, N>;
  constexpr double inverse_sqrt_pi = 0x1.20dd750429b6dp-1, inverse_sqrt_pi_rest = 0x1.1ae3a914fed8p-57;
  const double_word<V> square = two_product(x, x);
  const auto exponential = exp_double_word(-square.hi, -square.lo);
  const V inverse = V(1.0) / x, u = inverse * inverse;
  const V inverse_rest = inverse * remainder_of_product(x, inverse, V(1.0));
  const V tail =
      paired(u, u * u, -0x1.20dd750429a7fp-2, 0x1.b14c2f85c7f3cp-2, -0x1.0ecf9d55dde3ap0, 0x1.d9eb05eaad0c3p1,
             -0x1.0a8afc164795dp4, 0x1.6d302414d1a4cp6, -0x1.1abca9eebf656p9, 0x1.704d26d373f09p11);
  const double_word<V> first = two_product(inverse, V(inverse_sqrt_pi));
  const V rest = fma(inverse, fma(u, tail, V(inverse_sqrt_pi_rest)), fma(inverse_rest, V(inverse_sqrt_pi), first.lo));
  const double_word<V> factor = fast_two_sum(first.hi, rest);
  const V cross = fma(exponential.lo, factor.hi, exponential.hi * factor.lo);
  return exponential.scale(product_sum(exponential.hi, factor.hi, cross));
}

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

/// gelu for f32: x times the normal integral.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<float, N> gelu_by_integral(simd<float, N> x) {
  using V = simd<float, N>;
  const auto f = integrate<2>(detail::normal_integral_f32, x);
  V product;
  if constexpr (HWY_NATIVE_FMA != 0) {
    product = fma(f.x, f.hi, f.x * f.lo) * V(f.unscale);
  } else {
    const auto sum = fast_two_sum(f.hi, f.lo);
    product = copysign(product_sum(f.x, sum.hi, f.x * sum.lo) * V(f.unscale), x);  // -0 became 0
  }
  return select(x > V(detail::normal_integral_f32.last * detail::normal_integral_f32.step), x, product);
}

/// gelu for f64, by exp(-x^2 / 2) times a polynomial, the product in two words.
template <std::size_t N>
LANEWISE_TARGET_INLINE simd<double, N> gelu_by_pieces(simd<double, N> x) {
  using V = simd<double, N>;
  constexpr double zero_from = 38.75;
  const V magnitude = at_most(abs(x), zero_from);
  const V within = copysign(magnitude, x);
  const double_word<V> square = two_product(magnitude, magnitude * V(0.5));
  const auto exponential = exp_double_word(-square.hi, -square.lo);
  const auto piece = bit_cast<std::uint64_t>(fma(magnitude, V(1.53125), V(4.0))) >> 50;
  const piecewise_result<V> f = evaluate(detail::gelu_f64, magnitude, piece);
  const double_word<V> factor = fast_two_sum(f.center, rounded(f.t * f.quotient));
  const V cross = fma(exponential.lo, factor.hi, exponential.hi * factor.lo);
  const double_word<V> product = two_product(exponential.hi, factor.hi);
  const double_word<V> tail = fast_two_sum(product.hi, product.lo + cross);
  const mask<double, N> negative = x < V(0.0);
  // Phi(|x|) = 1 - tail. The tail of a negative x is brought to scale last, when there is one word to be rounded.
  const V tail_hi = exponential.scale(tail.hi), tail_lo = exponential.scale(tail.lo);
  const V upper = V(1.0) - tail_hi;
  const V upper_lo = ((V(1.0) - upper) - tail_hi) - tail_lo;
  const V hi = select(negative, tail.hi, upper), lo = select(negative, tail.lo, upper_lo);
  const V result = product_sum(within, hi, within * lo);
  return copysign(select(x >= V(zero_from), x, select(negative, exponential.scale(result), result)), x);
}

}  // namespace impl

/// The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. Keeps the sign of zeros; 1 and -1 for
/// infinities, NaN for NaN. Error: at most max_ulp::erf.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> erf(simd<T, N> x) {
  using V = simd<T, N>;
  constexpr bool f32 = sizeof(T) == 4;
  if constexpr (!f32 && !impl::has_avx512) {
    return impl::erf_by_tangents(x);
  } else {
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
    // In the first piece f.center is 0 and f.t is x, which the polynomial has been relieved of; elsewhere f.center is
    // the larger.
    const V sum = fma(f.t, f.quotient, max(f.t, f.center));
    return copysign(f32 ? sum : select(magnitude >= V(one_from), V(T(1)), sum), x);
  }
}

/// 1 - erf(x) without its cancellation: all digits down to the smallest subnormal result (x = 10.05, f64: 27.22). 2 and
/// 0 for infinities, NaN for NaN. Error: at most max_ulp::erfc.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> erfc(simd<T, N> x) {
  using V = simd<T, N>;
  if constexpr (sizeof(T) == 4) {
    const auto f = impl::integrate<1>(detail::erfc_f32, x);
    return (f.hi + f.lo) * V(f.unscale);
  } else {
    constexpr T tangents_to = 9.25, zero_from = 27.25;
    if (impl::all_within(x, tangents_to)) [[likely]]
      return impl::erfc_by_tangents(x);
    const V p = impl::erfc_far_from_zero(impl::at_most(abs(x), zero_from));
    const V far = select(x < V(T(0)), V(T(2)) - p, p);
    // A lane's result does not depend on its neighbours.
    return select(abs(x) <= V(tangents_to), impl::erfc_by_tangents(x), far);
  }
}

/// The Gaussian error linear unit, x Phi(x) = x erfc(-x / sqrt(2)) / 2: all digits in the negative tail too, down to
/// the smallest subnormal result (x = -14.3, f64: -38.6). -0 for -infinity, infinity for infinity, NaN for NaN. Error:
/// at most max_ulp::gelu.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> gelu(simd<T, N> x) {
  if constexpr (sizeof(T) == 4) {
    return impl::gelu_by_integral(x);
  } else {
    return impl::gelu_by_pieces(x);
  }
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_ERROR_FUNCTION_HPP
