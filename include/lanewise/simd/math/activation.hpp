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

/// 1 / (1 + e^-x) = 2^k (inverse + error * inverse).
template <class V>
struct sigmoid_parts {
  V inverse, error;
};

/// The reduced argument of e^-x: x = k ln 2 - (r_hi - k_lo), scale = 2^k.
template <class V>
struct sigmoid_argument {
  V r_hi, k_lo, scale;
};

/// The parts of 1 / (2^k + e^r). The rounding of the sum is made good, for it would cost another 0.5 ULP.
template <class V>
LANEWISE_TARGET_INLINE sigmoid_parts<V> sigmoid_in_parts(const sigmoid_argument<V>& a) {
  using T = typename V::value_type;
  const V r = a.r_hi - a.k_lo;
  const V r2 = r * r;
  const V tail = fms(r2, exp_tail(r, r2), a.k_lo);
  const V start = V(T(1)) + a.scale;
  const V hi = (start + a.r_hi) + tail;
  const V lo = (((start - hi) + a.r_hi) + tail) + (a.scale - (start - V(T(1))));
  const V inverse = near_inverse(hi);
  const V error = fnma(inverse, lo, remainder_of_product(inverse, hi, V(T(1))));
  return {inverse, error};
}

/// numerator / (2^k + e^r), each step rounded.
template <class V>
LANEWISE_TARGET_INLINE V sigmoid_rounded_often(V numerator, const sigmoid_argument<V>& a) {
  using T = typename V::value_type;
  const V r = a.r_hi - a.k_lo;
  const V r2 = r * r;
  return numerator / ((V(T(1)) + a.scale) + fma(r2, exp_tail(r, r2), r));
}

/// f(sigmoid_argument) times 2^k. `bounded` is x within limits: at most 20 (f32) or 40 (f64), where the sigmoid is 1.
template <class V, class F>
LANEWISE_TARGET_INLINE V scaled_sigmoid(V x, V bounded, F f) {
  using T = typename V::value_type;
  const V whole = fma(bounded, V(log2_e<T>), V(whole_number<T>()));
  const V k = whole - V(whole_number<T>());
  const V r_hi = fms(k, V(ln2_hi<T>), bounded);
  const V k_lo = rounded(k * V(-ln2_lo<T>));
  if constexpr (has_avx512) {
    return scale_anywhere(f(sigmoid_argument<V>{r_hi, k_lo, scale_anywhere(V(T(1)), k)}), k);
  } else {
    if (any(x < V(pick<T>(-87, -708)))) [[unlikely]] {
      return scale_anywhere(f(sigmoid_argument<V>{r_hi, k_lo, scale_anywhere(V(T(1)), k)}), k);
    }
    const V scale = power_of_two(whole);
    return f(sigmoid_argument<V>{r_hi, k_lo, scale}) * scale;
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
  return impl::scaled_sigmoid(x, impl::bring_within(x, impl::pick<T>(-105, -746), impl::pick<T>(20, 40)),
                              [](const impl::sigmoid_argument<V>& a) LANEWISE_ATTR_INLINE {
                                const impl::sigmoid_parts<V> s = impl::sigmoid_in_parts(a);
                                return fma(s.error, s.inverse, s.inverse);
                              });
}

/// x * sigmoid(x), also called swish. -0 for -inf, its limit; inf for inf. Error: at most max_ulp::silu.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> silu(simd<T, N> x) {
  using V = simd<T, N>;
  const V bounded = impl::bring_within(x, impl::pick<T>(-113, -756), impl::pick<T>(20, 40));
  const V y = impl::scaled_sigmoid(x, bounded, [&](const impl::sigmoid_argument<V>& a) LANEWISE_ATTR_INLINE {
    const impl::sigmoid_parts<V> s = impl::sigmoid_in_parts(a);
    if constexpr (HWY_NATIVE_FMA != 0) {
      return fma(bounded, s.inverse, bounded * (s.error * s.inverse));
    } else {
      const impl::double_word<V> product = impl::two_product(bounded, s.inverse);
      return product.hi + (product.lo + bounded * (s.error * s.inverse));
    }
  });
  const V result = select(x > bounded, x, y);  // the error is not that of larger x
  if constexpr (HWY_NATIVE_FMA != 0) {
    return result;
  } else {
    return copysign(result, x);  // the sum makes +0 of -0
  }
}

namespace fast {

/// The logistic function, same domain. Error: at most max_ulp::fast::sigmoid.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sigmoid(simd<T, N> x) {
  using V = simd<T, N>;
  return impl::scaled_sigmoid(x, impl::bring_within(x, impl::pick<T>(-105, -746), impl::pick<T>(20, 40)),
                              [](const impl::sigmoid_argument<V>& a)
                                  LANEWISE_ATTR_INLINE { return impl::sigmoid_rounded_often(V(T(1)), a); });
}

/// x * sigmoid(x), same domain. Error: at most max_ulp::fast::silu.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> silu(simd<T, N> x) {
  using V = simd<T, N>;
  const V factor = impl::at_least(x, impl::pick<T>(-113, -756));
  return impl::scaled_sigmoid(x, impl::at_most(factor, impl::pick<T>(20, 40)),
                              [&](const impl::sigmoid_argument<V>& a)
                                  LANEWISE_ATTR_INLINE { return impl::sigmoid_rounded_often(factor, a); });
}

}  // namespace fast

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
