#pragma once

#include <cstdint>

namespace finebrush {

/// The opcodes that `torch.save` writes, with protocol 2 as it does by itself or up to 5 on request, under
/// the names of Python's pickletools.
enum class PickleOpcode : uint8_t {
    Mark = '(',
    Stop = '.',
    Proto = 0x80,
    Frame = 0x95,

    None = 'N',
    NewTrue = 0x88,
    NewFalse = 0x89,
    BinInt = 'J',
    BinInt1 = 'K',
    BinInt2 = 'M',
    Long1 = 0x8a,
    BinFloat = 'G',

    BinUnicode = 'X',
    ShortBinUnicode = 0x8c,
    BinUnicode8 = 0x8d,
    BinString = 'T',
    ShortBinString = 'U',
    BinBytes = 'B',
    ShortBinBytes = 'C',

    EmptyTuple = ')',
    Tuple = 't',
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,

    EmptyList = ']',
    Append = 'a',
    Appends = 'e',
    EmptyDict = '}',
    SetItem = 's',
    SetItems = 'u',

    BinPut = 'q',
    LongBinPut = 'r',
    Memoize = 0x94,
    BinGet = 'h',
    LongBinGet = 'j',

    Global = 'c',
    StackGlobal = 0x93,
    Reduce = 'R',
    Build = 'b',
    BinPersId = 'Q',
};

}  // namespace finebrush
