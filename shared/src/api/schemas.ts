import type * as v from 'valibot';
import { Case, CaseChange, NewCase } from '../cases.ts';
import { ChainVerification } from '../chain-verification.ts';
import { ErrorReport } from '../error-report.ts';
import { Explanation } from '../explanation.ts';
import { HistoryFacets, HistoryPage, HistoryPageRequest } from '../history.ts';
import { PairedBrowsers } from '../paired-browser.ts';
import { ResultRecord } from '../record.ts';
import { CompanionSettings, SettingsPatch } from '../settings.ts';
import { CompanionStatus } from '../status.ts';
import { Dataset, DatasetMap, Training, TrainingResult } from '../training.ts';
import {
  Detection,
  DetectionState,
  Inference,
  InferenceStatus,
  Prediction,
  PredictionList,
  PredictionListQuery,
  VideoPrediction,
} from './aliases.ts';
import { BrowserParams } from './browsers.ts';
import { CheckQuery, CheckVideoLine } from './checks.ts';
import { ShutdownAnswer } from './companion.ts';
import {
  CasesEvent,
  DeleteAnswer,
  DeletedEvent,
  DeleteRequest,
  ExportRequest,
  PruneRequest,
  RestoredEvent,
  UndoDeleteAnswer,
  UndoDeleteRequest,
  VerifyRequest,
  WaitingDeletions,
} from './history.ts';
import { HistoryLinkRequest, LinkAnswer, PairingAnswer } from './links.ts';
import { PackList, RemovedPack, RemovePackRequest } from './packs.ts';
import {
  ChangedRecord,
  LabelOfRecord,
  LabelRequest,
  PeakParams,
  RecheckRequest,
  RecordChange,
  RecordParams,
  ReportQuery,
  ViewParams,
  ViewQuery,
} from './records.ts';
import { SessionAnswer, SessionRequest } from './session.ts';
import { Autostart, AutostartRequest } from './settings.ts';
import { SystemFigures } from './system.ts';
import { NewToken, TokenList, TokenParams, TokenRequest } from './tokens.ts';
import { CustomProgress, CustomResult, CustomTraining } from './training-aliases.ts';
import {
  CaseList,
  CaseParams,
  CaseRecordParams,
  CaseRecordsAnswer,
  CaseRecordsRequest,
  CaseReportQuery,
  CaseTakeAnswer,
  CaseTakeRequest,
} from './v1/cases.ts';
import { Check, CheckList, CheckListQuery, CheckPage, CheckParams, NewCheckQuery } from './v1/checks.ts';
import { OpenApiDocument } from './v1/docs.ts';
import {
  ContentParams,
  LabelOfContent,
  RecordAnswer,
  RecordExportQuery,
  RecordListQuery,
  RecordPage,
} from './v1/records.ts';
import { Health, Readiness, SystemAnswer } from './v1/system.ts';
import {
  DatasetList,
  DatasetPictureParams,
  DemoDatasetRequest,
  FolderDatasetRequest,
  LabelsDatasetRequest,
  NewDatasetQuery,
  NewTrainingRequest,
  PredictionQuery,
  TrainingList,
  TrainingParams,
  TrainingPredictionPage,
  TruthRequest,
} from './v1/trainings.ts';
import { NewWebhook, WebhookList, WebhookMessageList, WebhookParams, WebhookRequest } from './v1/webhooks.ts';

/** Every schema that a route names, under the name its description has. */
export const SCHEMAS = {
  Autostart,
  AutostartRequest,
  BrowserParams,
  Case,
  CaseChange,
  CaseList,
  CaseParams,
  CaseRecordParams,
  CaseRecordsAnswer,
  CaseRecordsRequest,
  CaseTakeAnswer,
  CaseTakeRequest,
  CaseReportQuery,
  CasesEvent,
  ChainVerification,
  ChangedRecord,
  Check,
  CheckList,
  CheckListQuery,
  CheckPage,
  CheckParams,
  CheckQuery,
  CheckVideoLine,
  CompanionSettings,
  CompanionStatus,
  ContentParams,
  CustomProgress,
  CustomResult,
  CustomTraining,
  Dataset,
  DatasetList,
  DatasetMap,
  DatasetPictureParams,
  DeleteAnswer,
  DeleteRequest,
  DeletedEvent,
  DemoDatasetRequest,
  Detection,
  DetectionState,
  ErrorReport,
  Explanation,
  ExportRequest,
  FolderDatasetRequest,
  Health,
  HistoryFacets,
  HistoryLinkRequest,
  HistoryPage,
  HistoryPageRequest,
  Inference,
  InferenceStatus,
  LabelOfContent,
  LabelOfRecord,
  LabelRequest,
  LabelsDatasetRequest,
  LinkAnswer,
  NewCase,
  NewCheckQuery,
  NewDatasetQuery,
  NewTrainingRequest,
  NewToken,
  NewWebhook,
  OpenApiDocument,
  PackList,
  PairedBrowsers,
  PairingAnswer,
  PeakParams,
  Prediction,
  PredictionList,
  PredictionListQuery,
  PredictionQuery,
  Readiness,
  RemovePackRequest,
  RemovedPack,
  RecheckRequest,
  RecordAnswer,
  RecordChange,
  RecordExportQuery,
  RecordListQuery,
  RecordPage,
  RecordParams,
  ReportQuery,
  RestoredEvent,
  ResultRecord,
  SessionAnswer,
  SessionRequest,
  SettingsPatch,
  ShutdownAnswer,
  SystemAnswer,
  SystemFigures,
  TokenList,
  TokenParams,
  TokenRequest,
  Training,
  TrainingList,
  TrainingParams,
  TrainingPredictionPage,
  TrainingResult,
  TruthRequest,
  PruneRequest,
  UndoDeleteAnswer,
  UndoDeleteRequest,
  VerifyRequest,
  WaitingDeletions,
  VideoPrediction,
  ViewParams,
  ViewQuery,
  WebhookList,
  WebhookMessageList,
  WebhookParams,
  WebhookRequest,
} as const satisfies Record<string, v.GenericSchema>;
