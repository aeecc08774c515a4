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

/// w of log(1 + f) = f + f^2 w(f), -0.25 <= f <= 0.5. Absolute error of the logarithm 1.1e-9 (f32), 1.6e-18 (f64);
/// fpminimax(log(1 + x), [|2,...,n|], ..., absolute, x) of Sollya.
template <class V>
LANEWISE_TARGET_INLINE V log1p_tail(V f) {
  if constexpr (sizeof(typename V::value_type) == 4) {
    return horner(f, -0x1.fffffep-2f, 0x1.555562p-2f, -0x1.000116p-2f, 0x1.99955p-3f, -0x1.54f6f4p-3f, 0x1.2460e6p-3f,
                  -0x1.05fd9ep-3f, 0x1.e212d2p-4f, -0x1.6f6d4cp-4f, 0x1.239e72p-5f);
  } else {
    return horner(f, -0x1.ffffffffffff1p-2, 0x1.5555555555697p-2, -0x1.0000000001c61p-2, 0x1.9999999973e5ep-3,
                  -0x1.555555530e402p-3, 0x1.2492492feb9a5p-3, -0x1.000000b4d58bap-3, 0x1.c71c6f8ef55a8p-4,
                  -0x1.99995d09df318p-4, 0x1.745cedb083537p-4, -0x1.555ad6d59c6aep-4, 0x1.3b21430e85026p-4,
                  -0x1.24560bca71178p-4, 0x1.0ff1e36e3aba6p-4, -0x1.002b6e39a40bcp-4, 0x1.f493c49e82e39p-5,
                  -0x1.eaadd1b58c827p-5, 0x1.9bb050a2fdb59p-5, -0x1.d35c3173b55cep-6, 0x1.f6184642acd13p-8);
  }
}

}  // namespace impl

/// The logistic function 1 / (1 + e^-x). 0 for -inf, 1 for inf. Error: at most max_ulp::sigmoid.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> sigmoid(simd<T, N> x) {
  using V = simd<T, N>;
  const V a = impl::bring_within(x, impl::pick<T>(-105, -746), impl::pick<T>(20, 40));
  return impl::scaled_sigmoid(
      x, a, [](const impl::sigmoid_parts<V>& s) LANEWISE_ATTR_INLINE { return s.inverse + s.rest; });
}

/// x * sigmoid(x), also called swish. -0 for -inf, its limit; inf for inf. Error: at most max_ulp::silu.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> silu(simd<T, N> x) {
  using V = simd<T, N>;
  const V factor = impl::at_least(x, impl::pick<T>(-113, -756));
  const V a = impl::at_most(factor, impl::pick<T>(20, 40));
  const V y = impl::scaled_sigmoid(
      x, a, [&](const impl::sigmoid_parts<V>& s) LANEWISE_ATTR_INLINE {
        if constexpr (HWY_NATIVE_FMA != 0) {
          return fma(factor, s.inverse, a * s.rest);
        } else {
          const impl::double_word<V> product = impl::two_product(a, s.inverse);
          return product.hi + (product.lo + a * s.rest);
        }
      });
  return HWY_NATIVE_FMA != 0 ? y : select(x > a, x, y);
}

/// log(1 + e^x). 0 for -inf, inf for inf. Error: at most max_ulp::softplus.
template <std::floating_point T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> softplus(simd<T, N> x) {
  using V = simd<T, N>;
  // max(x, 0) + log(1 + w), w = e^-|x|. log(1 + w) is log(1 + f) for w = f < 0.5, else log 2 + log(1 + f), so that f^2 is
  // small. Sums are of two numbers but for that of small terms.
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
  const V rest = fma(f * f, impl::log1p_tail(f), f_lo);
  const V y = sum.hi + (sum.lo + (base.lo + rest));
  return select(x > V(impl::pick<T>(104, 740)), x, y);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_ACTIVATION_HPP
