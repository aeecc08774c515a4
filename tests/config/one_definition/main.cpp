// SPDX-License-Identifier: MIT
// Objects with different flags in one program: both compute the right thing.
#include <catch2/catch_test_macros.hpp>

#include <string>

std::string part_for_any_cpu();
std::string part_for_wide_vectors();

TEST_CASE("an object compiled for any CPU works beside one compiled for wide vectors") {
  CHECK(part_for_any_cpu() == "");
}

TEST_CASE("an object compiled for wide vectors works beside one compiled for any CPU") {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw") ||
      !__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512vl")) {
    SKIP("this CPU has no AVX-512");
  }
#endif
  CHECK(part_for_wide_vectors() == "");
}
