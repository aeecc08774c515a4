// SPDX-License-Identifier: MIT
// A consumer's own kernel, compiled for every CPU target.

#include <lanewise/dispatch/foreach_target.hpp>
//
#include <lanewise/lanewise.hpp>

#include <cstddef>
#include <vector>

LANEWISE_BEGIN_KERNEL_FILE(consumer)

float doubled_sum(const float* x, std::size_t n) {
  using v = lw::simd<float>;
  v total(0.0F);
  std::size_t i = 0;
  for (; i + v::size() <= n; i += v::size()) total = total + v::load(x + i) * v(2.0F);
  float result = reduce_add(total);
  for (; i < n; ++i) result += 2.0F * x[i];
  return result;
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace consumer {
LANEWISE_EXPORT(doubled_sum);
}  // namespace consumer

float doubled_sum(const std::vector<float>& x);
float doubled_sum(const std::vector<float>& x) {
  using namespace consumer;
  return LANEWISE_CALL(doubled_sum)(x.data(), x.size());
}
#endif
