// SPDX-License-Identifier: MIT
// Compiled without LANEWISE_DISPATCH, on x86 for AVX2; target() itself must run anywhere.
#include "dispatch/static_part.hpp"

#include <lanewise/lanewise.hpp>

#include <span>

#ifdef LANEWISE_DISPATCH
#error "this file is to be compiled for its flags"
#endif

namespace static_part {

const char* target() { return hwy::TargetName(HWY_TARGET); }
float sum(const float* x, std::size_t n) { return lanewise::sum(std::span(x, n)); }
float dot(const float* x, std::size_t n) { return lanewise::dot(std::span(x, n), std::span(x, n)); }
float max(const float* x, std::size_t n) { return lanewise::max(std::span(x, n)); }

}  // namespace static_part
