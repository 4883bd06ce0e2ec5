using System.Numerics;
using System.Runtime.Intrinsics;

namespace NewsBot.Core.Stories;

/// <summary>Samples of sets by which their likeness is told: of each compartment the smallest hash.</summary>
internal static class Samples
{
    private const ulong Multiplier = 0xD6E8_FEB8_6659_FD93;

    // Two different hashes have the same byte so often.
    private const double Chance = 1.0 / byte.MaxValue;

    /// <param name="sample">The smallest so far, <see cref="uint.MaxValue"/> where there is none; a power of two long.</param>
    /// <param name="member">Any 64 bits.</param>
    public static void Add(Span<uint> sample, ulong member)
    {
        var mixed = Mix(member);
        ref var least = ref sample[(int)(mixed >> 32) & (sample.Length - 1)];
        least = Math.Min(least, (uint)mixed);
    }

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 32)) * Multiplier;
        return value ^ (value >> 29);
    }

    /// <summary>Keeps one byte of each; 0 stands for none.</summary>
    public static void Write(ReadOnlySpan<uint> sample, Span<byte> bytes)
    {
        for (var i = 0; i < sample.Length; i++)
        {
            // The low bits of the smallest are as mixed as any.
            bytes[i] = sample[i] == uint.MaxValue ? (byte)0 : (byte)((sample[i] % byte.MaxValue) + 1);
        }
    }

    /// <summary>Compares two samples of the same kind, at least 16 bytes long.</summary>
    public static Overlap Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (same, lefts, rights, both) = (0, 0, 0, 0);
        for (var at = 0; at < left.Length; at += Vector128<byte>.Count)
        {
            var a = Vector128.Create(left.Slice(at, Vector128<byte>.Count));
            var b = Vector128.Create(right.Slice(at, Vector128<byte>.Count));
            var isIn = ~Vector128.Equals(a, Vector128<byte>.Zero);
            var isInToo = ~Vector128.Equals(b, Vector128<byte>.Zero);
            lefts += Count(isIn);
            rights += Count(isInToo);
            both += Count(isIn & isInToo);
            same += Count(Vector128.Equals(a, b) & isIn);
        }

        var byChance = (both - same) * Chance;
        return new Overlap(Math.Max(0, same - byChance), lefts + rights - both, Math.Min(lefts, rights));
    }

    private static int Count(Vector128<byte> mask) => BitOperations.PopCount(mask.ExtractMostSignificantBits());

    /// <summary>How far two samples agree.</summary>
    /// <param name="Same">Compartments with the same member, less those that are so by chance.</param>
    /// <param name="Either">Compartments with a member.</param>
    /// <param name="Fewer">Compartments with a member on the side that has fewer.</param>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    internal readonly record struct Overlap(double Same, int Either, int Fewer)
    {
        /// <summary>Common members among all, 0 to 1.</summary>
        public double Share => Either == 0 ? 0 : Same / Either;
    }
}
