// SPDX-License-Identifier: MIT
// A kernel of your own, compiled for every instruction set, the best of which is chosen at run time.
//
// This file includes itself once for each of them; CMake adds it by lanewise_target_kernels(...).

#include <lanewise/dispatch/foreach_target.hpp>  // before any other header of lanewise

#include <lanewise/lanewise.hpp>

#include <cmath>
#include <iostream>
#include <vector>

// [kernel]
LANEWISE_BEGIN_KERNEL_FILE(my)  // namespace my { namespace <target>, where lw is lanewise

/// Replaces x by x / (1 + |x|).
void softsign(float* x, std::size_t n) {
  constexpr std::size_t lanes = lw::native_width<float>;
  lw::vectorize<lanes, 4, lanewise::tail::masked>(n, [&](auto block) LANEWISE_ATTR {
    const auto v = block.load(x);
    block.store(x, v / (abs(v) + 1.0f));
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace my {
LANEWISE_EXPORT(softsign);
void softsign(std::vector<float>& x) { LANEWISE_CALL(softsign)(x.data(), x.size()); }
}  // namespace my
// [kernel]

int main() {
  const lanewise::cpu_description cpu = lanewise::cpu_info();
  std::cout << cpu.cpu << ": " << cpu.chosen << " is chosen\n";
  for (const std::string& target : cpu.usable) {
    lanewise::use_target(target);
    std::vector<float> x(1003);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i) - 500.0f;
    my::softsign(x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const float before = static_cast<float>(i) - 500.0f;
      if (x[i] != before / (std::abs(before) + 1.0f)) {
        std::cerr << target << ": softsign(" << before << ") is " << x[i] << '\n';
        return 1;
      }
    }
    std::cout << target << ": right\n";
  }
}
#endif
