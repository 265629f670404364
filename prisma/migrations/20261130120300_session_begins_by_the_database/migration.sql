-- AlterTable
ALTER TABLE "session" ALTER COLUMN "createdAt" SET DEFAULT clock_timestamp();
