// SPDX-License-Identifier: MIT
#pragma once
// The CPU's name for people to read. Costs <string>, <fstream>.

#include <fstream>
#include <string>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#include "lanewise/config/macros.hpp"

LANEWISE_BEGIN_DETAIL

/// The model's name, "unknown CPU" where neither the CPU nor the system tells. The CPU's own brand string on x86, else
/// Linux's /proc/cpuinfo.
inline std::string cpu_name() {
  std::string name;
#if defined(__x86_64__) || defined(__i386__)
  unsigned regs[4];
  for (unsigned leaf = 0x80000002; leaf <= 0x80000004; ++leaf) {
    if (__get_cpuid(leaf, &regs[0], &regs[1], &regs[2], &regs[3]) == 0) break;
    name.append(reinterpret_cast<const char*>(regs), sizeof(regs));
  }
  name = name.c_str();  // ends at the first zero
#endif
  if (name.empty()) {
    std::ifstream cpuinfo("/proc/cpuinfo");
    for (std::string line; std::getline(cpuinfo, line);) {
      const std::size_t colon = line.find(':');
      if ((line.starts_with("model name") || line.starts_with("Model")) && colon != std::string::npos) {
        name = line.substr(colon + 1);
        break;
      }
    }
  }
  const std::size_t first = name.find_first_not_of(' ');
  if (first == std::string::npos) return "unknown CPU";
  return name.substr(first, name.find_last_not_of(' ') - first + 1);
}

LANEWISE_END_DETAIL
