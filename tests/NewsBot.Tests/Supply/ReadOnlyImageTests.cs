using NewsBot.Testing.Newsrooms;
using NewsBot.Tests.RealClients;

namespace NewsBot.Tests.Supply;

/// <summary>
/// The program as the container image runs it: as nobody in particular, without any privilege, and with a file system
/// on which only the folder for data can be written.
/// </summary>
public sealed class ReadOnlyImageTests
{
    // In a namespace of its own, so that nothing outside notices. $1 is whom it runs as, $2 the folder of dotnet, $3 its own.
    private const string Confine = """
        set -eu
        mount --make-rprivate /
        mount -t proc proc /proc
        mount --bind "$2" /opt
        mount --bind "$3" /srv
        mount -t tmpfs -o "mode=0700,uid=$1,gid=$1" tmpfs /mnt
        for point in / /tmp /var/tmp /dev/shm; do
          mountpoint -q "$point" || mount --bind "$point" "$point"
          mount -o remount,bind,ro "$point"
        done
        user=$1
        shift 3
        cd /srv
        export HOME=/nonexistent DOTNET_EnableDiagnostics=0 SQLITE_TMPDIR=/mnt
        exec setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set -all \
          /opt/dotnet exec /srv/newsbot.dll --data /mnt "$@"
        """;

    [Fact]
    public async Task It_runs_as_an_ordinary_user_on_a_read_only_file_system()
    {
        var token = TestContext.Current.CancellationToken;
        await using var newsroom = new NewsroomProcess("newsbot.dll") { Starter = Confined() };

        newsroom.Start();
        await newsroom.ReadyAsync(token);
        using var front = await newsroom.Http.GetAsync(new Uri("/", UriKind.Relative), token);

        Assert.True(front.IsSuccessStatusCode, newsroom.Said);
        Assert.DoesNotContain("Read-only file system", newsroom.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("denied", newsroom.Said, StringComparison.OrdinalIgnoreCase);
    }

    private static string[] Confined()
    {
        var dotnet = new FileInfo(ClientProgram.Find("dotnet") ?? "/usr/bin/dotnet");
        var folder = (dotnet.ResolveLinkTarget(returnFinalTarget: true) ?? dotnet).FullName;
        // Who is no root becomes it inside the namespace, and is an ordinary user outside.
        string[] namespaces = Environment.IsPrivilegedProcess
            ? ["--mount", "--pid", "--fork"]
            : ["--mount", "--pid", "--fork", "--user", "--map-root-user"];
        var user = Environment.IsPrivilegedProcess ? "65534" : "0";
        return
        [
            "unshare",
            .. namespaces,
            "sh",
            "-c",
            Confine,
            "sh",
            user,
            Path.GetDirectoryName(folder)!,
            AppContext.BaseDirectory,
        ];
    }
}
