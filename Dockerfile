FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
# Exactly the packages of the lock files; no native libraries for other systems than the image's.
RUN dotnet publish src/NewsBot/NewsBot.csproj --configuration Release --output /image -p:RestoreLockedMode=true \
 && mkdir /data

# Without shell and package manager; "extra" has ICU and the time zones, which digests and foreign names need.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /image .
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
USER $APP_UID
VOLUME /data
# Two arenas of the C library take a sixth less memory at the start than one for each thread (config/README.md).
# Without .NET's diagnostics, and with SQLite's own files there, only /data has to be writable: docker run --read-only.
# Anyone who reaches the port could write in the built-in chat, so it waits until somebody sets a join word.
ENV Web__Url=http://0.0.0.0:8080 \
    Chat__Web__Enabled=false \
    Storage__Folder=/data \
    SQLITE_TMPDIR=/data \
    MALLOC_ARENA_MAX=2 \
    DOTNET_EnableDiagnostics=0
EXPOSE 8080
# The program asks itself: nothing else in the image could.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["dotnet", "newsbot.dll", "health"]
ENTRYPOINT ["dotnet", "newsbot.dll"]
