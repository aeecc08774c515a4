// SPDX-License-Identifier: MIT
// The pattern of foreach_target.hpp, with the library's kernels called from a consumer's own.
#define LANEWISE_KERNEL_FILE "dispatch/own_kernels.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/kernels/reduce.hpp>

#include <span>

#include "dispatch/own_kernels.hpp"

LANEWISE_BEGIN_KERNEL_FILE(own_kernels)
const char* own_name() { return hwy::TargetName(HWY_TARGET); }
float own_sum(const float* x, std::size_t n) { return lw::sum(std::span(x, n), lanewise::serial); }
float own_dot(const float* x, std::size_t n) { return lw::dot(std::span(x, n), std::span(x, n), lanewise::serial); }
LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace own_kernels {
LANEWISE_EXPORT(own_name);
LANEWISE_EXPORT(own_sum);
LANEWISE_EXPORT(own_dot);
const char* compiled_for() { return LANEWISE_CALL(own_name)(); }
float sum(const float* x, std::size_t n) { return LANEWISE_CALL(own_sum)(x, n); }
float dot(const float* x, std::size_t n) { return LANEWISE_CALL(own_dot)(x, n); }
}  // namespace own_kernels
#endif
