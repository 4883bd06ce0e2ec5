using System.Diagnostics.CodeAnalysis;
using NewsBot.Testing.Crash;

/// <summary>
/// What .NET calls before the Main of a program that is started with DOTNET_STARTUP_HOOKS naming this assembly. Source:
/// https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md
/// </summary>
[SuppressMessage("Design", "CA1050", Justification = "It is found by this name, outside any namespace.")]
[SuppressMessage("Design", "MA0047", Justification = "It is found by this name, outside any namespace.")]
internal static class StartupHook
{
    public static void Initialize() => CommitHook.Install();
}
