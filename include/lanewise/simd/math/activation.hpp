// SPDX-License-Identifier: MIT
// Activation functions of neural networks: sigmoid, silu, softplus. With full relative accuracy in the tails, too.

#include "lanewise/simd/math/detail/exp_parts.hpp"
#include "lanewise/simd/reduce.hpp"

#include "lanewise/simd/math/max_ulp.hpp"

#if defined(LANEWISE_SIMD_MATH_ACTIVATION_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_ACTIVATION_HPP
#undef LANEWISE_SIMD_MATH_ACTIVATION_HPP
#else
#define LANEWISE_SIMD_MATH_ACTIVATION_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// 1 / (1 + e^-x) = scale * (inverse + rest).
template <class V>
struct sigmoid_parts {
  V inverse, rest;
};

/// For x = -(k ln 2 + r) and scale = 2^-k: 1 / (2^-k + e^r). x is at most 20 (f32) or 40 (f64), where it is 1.
template <class V>
LANEWISE_TARGET_INLINE sigmoid_parts<V> sigmoid_in_parts(const exp_parts<V>& e, V scale) {
  using T = typename V::value_type;
  const V start = V(T(1)) + scale;
  const V c = start + e.r_hi;
  const V rest = ((start - c) + e.r_hi) + (e.tail + (scale - (start - V(T(1)))));
  const V hi = c + rest;
  const V lo = rest - (hi - c);
  const V inverse = V(T(1)) / hi;
  const V error = fnma(inverse, lo, remainder_of_product(inverse, hi, V(T(1))));
  return {inverse, error * inverse};
}

/// factor(inverse, rest) of sigmoid_parts times 2^-k. From `usual` on, 2^-k is a normal number.
template <class V, class F>
LANEWISE_TARGET_INLINE V scaled_sigmoid(V x, V at_most_limit, F f) {
  using T = typename V::value_type;
  const exp_parts<V> e = exp_in_parts(-at_most_limit);
  if constexpr (has_avx512) {
    const V minus_k = -e.k;
    return scale_anywhere(f(sigmoid_in_parts(e, scale_anywhere(V(T(1)), minus_k))), minus_k);
  } else {
    if (any(x < V(pick<T>(-87, -708)))) [[unlikely]] {
      return scale_anywhere(f(sigmoid_in_parts(e, scale_anywhere(V(T(1)), -e.k))), -e.k);
    }
    const V scale = inverse_power_of_two<0>(e.whole);
    return f(sigmoid_in_parts(e, scale)) * scale;
  }
}

/// g of log(1 + f) = f - f^2 / 2 + f^3 g(f), -0.25 <= f <= 0.5. Absolute error of the logarithm 2.1e-10 (f32), 1.8e-18
/// (f64); fpminimax(log(1 + x), [|3,...,n|], ..., absolute, x - x^2 / 2) of Sollya.
template <class V>
LANEWISE_TARGET_INLINE V log1p_tail(V f) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return horner(f, 0x1.55555ep-2f, -0x1.000092p-2f, 0x1.9995aep-3f, -0x1.550d7ep-3f, 0x1.247666p-3f, -0x1.055798p-3f,
                  0x1.df886ep-4f, -0x1.6fc822p-4f, 0x1.28536ap-5f);
  } else {
    return horner(f, 0x1.555555555563ap-2, -0x1.0000000000dacp-2, 0x1.999999997a69p-3, -0x1.55555553c16bep-3,
                  0x1.2492492ef6376p-3, -0x1.00000091dfeedp-3, 0x1.c71c6f75217b5p-4, -0x1.9999648418b66p-4,
                  0x1.745cfb4261c0ep-4, -0x1.555a6c4fe3dadp-4, 0x1.3b1fe123410a7p-4, -0x1.2458336529e28p-4,
                  0x1.1000e6562ff82p-4, -0x1.0036aecaabbd2p-4, 0x1.f429b0b9d5563p-5, -0x1.e9afe92d58e63p-5,
                  0x1.9aff7e2822c32p-5, -0x1.d3937df4d554dp-6, 0x1.f7f5612a2457bp-8);
  }
}

}  // namespace impl

/// The logistic function 1 / (1 + e^-x). 0 for -inf, 1 for inf. Error: at most max_ulp::sigmoid.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sigmoid(simd<T, N> x) {
  using V = simd<T, N>;
  const V a = impl::bring_within(x, impl::pick<T>(-105, -746), impl::pick<T>(20, 40));
  return impl::scaled_sigmoid(x, a,
                              [](const impl::sigmoid_parts<V>& s) LANEWISE_ATTR_INLINE { return s.inverse + s.rest; });
}

/// x * sigmoid(x), also called swish. -0 for -inf, its limit; inf for inf. Error: at most max_ulp::silu.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> silu(simd<T, N> x) {
  using V = simd<T, N>;
  const V factor = impl::at_least(x, impl::pick<T>(-113, -756));
  const V a = impl::at_most(factor, impl::pick<T>(20, 40));
  const V y = impl::scaled_sigmoid(x, a, [&](const impl::sigmoid_parts<V>& s) LANEWISE_ATTR_INLINE {
    if constexpr (HWY_NATIVE_FMA != 0) {
      return fma(factor, s.inverse, a * s.rest);
    } else {
      const impl::double_word<V> product = impl::two_product(a, s.inverse);
      return product.hi + (product.lo + a * s.rest);
    }
  });
  if constexpr (HWY_NATIVE_FMA != 0) {
    return y;
  } else {
    return copysign(select(x > a, x, y), x);  // the sum makes +0 of -0
  }
}

/// log(1 + e^x). 0 for -inf, inf for inf. Error: at most max_ulp::softplus.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> softplus(simd<T, N> x) {
  using V = simd<T, N>;
  // max(x, 0) + log(1 + w), w = e^-|x|. log(1 + w) is log(1 + f) for w = f < 0.5, else log 2 + log(1 + f), so that f^2
  // is small. Sums are of two numbers but for that of small terms.
  const V a = impl::at_most(abs(x), impl::pick<T>(105, 746));
  const impl::exp_parts<V> e = impl::exp_in_parts(-a);
  const impl::double_word<V> p = impl::sum_of_parts(V(T(1)), e);
  V w, w_lo;
  const auto scale_both = [&](auto scale) LANEWISE_ATTR_INLINE {
    w = scale(p.hi);
    w_lo = scale(p.lo);
  };
  if constexpr (impl::has_avx512) {
    scale_both([&](V v) LANEWISE_ATTR_INLINE { return impl::scale_anywhere(v, e.k); });
  } else if (any(a > V(impl::pick<T>(87, 708)))) [[unlikely]] {
    scale_both([&](V v) LANEWISE_ATTR_INLINE { return impl::scale_anywhere(v, e.k); });
  } else {
    const V scale = impl::power_of_two(e.whole);
    scale_both([&](V v) LANEWISE_ATTR_INLINE { return v * scale; });
  }
  const auto large = w >= V(T(0.5));
  const V half = V(T(0.5));
  const V f = select(large, fma(w, half, -half), w);
  const V f_lo = select(large, fma(w_lo, half, V(impl::pick<T>(-0x1.05c61p-29f, 0x1.abc9e3b39803fp-56))), w_lo);
  const V ln2 = select(large, V(impl::pick<T>(0x1.62e43p-1f, 0x1.62e42fefa39efp-1)), V(T(0)));
  const V positive = select(x > V(T(0)), a, V(T(0)));
  const impl::double_word<V> base = impl::fast_two_sum(ln2, positive);
  const impl::double_word<V> sum = impl::fast_two_sum(base.hi, f);
  const V minus_half_f = f * -half;
  V y, y_lo;  // sum.hi - f^2 / 2
  if constexpr (HWY_NATIVE_FMA != 0) {
    y = fma(minus_half_f, f, sum.hi);
    y_lo = fma(minus_half_f, f, sum.hi - y);
  } else {
    const impl::double_word<V> square = impl::two_product(minus_half_f, f);
    y = sum.hi + square.hi;
    y_lo = ((sum.hi - y) + square.hi) + square.lo;
  }
  y = y + ((y_lo + sum.lo) + (base.lo + fma((f * f) * f, impl::log1p_tail(f), f_lo)));
  return select(x > V(impl::pick<T>(104, 740)), x, y);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_ACTIVATION_HPP
