; On Windows, after "npm run package -- --only archive": an installer for one user, by Inno Setup 6.
;   iscc /DVersion=0.1.0 packaging\windows\touchstone.iss
[Setup]
AppId=Touchstone
AppName=Touchstone
AppVersion={#Version}
DefaultDirName={localappdata}\Programs\Touchstone
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
OutputDir=..\..\dist
OutputBaseFilename=touchstone-{#Version}-win32-setup
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesEnvironment=yes
LicenseFile=..\..\LICENSE

[Files]
Source: "..\..\dist\touchstone\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{userprograms}\Touchstone"; Filename: "{app}\bin\touchstone.cmd"; Parameters: "open --start"; Flags: runminimized

[Registry]
Root: HKCU; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}\bin"; Check: NotOnPath('{app}\bin')

[UninstallRun]
Filename: "{app}\bin\touchstone.cmd"; Parameters: "stop"; Flags: runhidden; RunOnceId: "stop"

[Code]
function NotOnPath(Folder: string): Boolean;
var
  Path: string;
begin
  if not RegQueryStringValue(HKCU, 'Environment', 'Path', Path) then Path := '';
  Result := Pos(';' + Uppercase(ExpandConstant(Folder)) + ';', ';' + Uppercase(Path) + ';') = 0;
end;
