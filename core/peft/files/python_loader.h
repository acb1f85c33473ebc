#pragma once

#include <string_view>

namespace finebrush::peft {

inline constexpr char kPythonLoaderFile[] = "load_conv_lora.py";

/// The script that loads a Conv-LoRA adapter onto Hugging Face's SamModel, of which PEFT knows nothing:
/// `resources/python/load_conv_lora.py`, as it was when this was built.
std::string_view pythonLoader();

}  // namespace finebrush::peft
